"""Outlines of communities and raions from GeoJSON."""
