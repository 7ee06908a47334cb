"""Which careers are near each other, by what, and which pairs are worth a page."""
