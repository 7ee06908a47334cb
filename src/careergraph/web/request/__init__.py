"""What a client sent: its head, its body, and what it asks for."""
