"""The state that verbs read and change: drafts, releases, schedules and published documents."""
