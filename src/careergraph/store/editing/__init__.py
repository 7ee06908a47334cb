"""What is under way: drafts, releases, schedules, and the publish that makes them live."""
