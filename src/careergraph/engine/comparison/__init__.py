"""Comparisons: two to six careers side by side, and the way from one to another."""
