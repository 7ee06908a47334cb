"""The worker: runs schedules, and sends pending deliveries."""
