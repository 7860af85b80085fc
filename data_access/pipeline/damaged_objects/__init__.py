"""Registers of damaged objects of any length, read, checked and added up batch by batch."""
