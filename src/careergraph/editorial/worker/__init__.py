"""The worker: does what is scheduled, and sends what waits."""
