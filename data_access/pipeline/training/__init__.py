"""Training data: a synthetic country of records of all kinds, in a database of its own that says so of itself.

Territories, their names, official status and population are the real ones; all that happens in them is invented.
The same seed, number of objects and last day give the same files.
"""
