"""The types of a comparison: its glance, its skills, its verdict, and the way from one career to another."""
