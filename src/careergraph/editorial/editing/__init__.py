"""The state that verbs look at and change: drafts, releases, schedules and what is published."""
