"""Figures that arrive as figures."""
