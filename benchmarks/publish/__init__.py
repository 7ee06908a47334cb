"""What a publish costs."""
