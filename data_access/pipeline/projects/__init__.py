"""Reconstruction projects as OC4IDS packages."""
