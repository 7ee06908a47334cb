"""What is sent: cached, compressed, with its headers."""
