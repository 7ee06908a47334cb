"""Racers."""
