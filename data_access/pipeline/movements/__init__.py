"""Movements between places, as a mobile operator counts them."""
