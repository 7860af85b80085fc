"""Every unit found by name or code, however it is typed."""
