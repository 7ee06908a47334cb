"""The request as a client sent it: its head, its body and its parameters."""
