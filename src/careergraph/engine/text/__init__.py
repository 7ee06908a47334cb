"""What is said: phrases, statements with their facts, and the catalog as it reads in one locale."""
