"""Aid: who does what where (3W)."""
