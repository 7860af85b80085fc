"""Columns of a file of damaged objects, by what they hold."""

from __future__ import annotations

REQUIRED = ("object_id", "community", "object_type", "severity", "damaged_on", "reported_on")
CODES = ("community", "object_type", "severity", "sector", "currency", "rd4u_category", "evidence", "owner_kind")
NAMES = ("object_id", "owner_edrpou")
DAYS = ("damaged_on", "reported_on")
NUMBERS = ("floor_area_m2", "cost", "lat", "lon")
COLUMNS = (*CODES, *NAMES, *DAYS, *NUMBERS)
