"""Movements, aid and claims."""
