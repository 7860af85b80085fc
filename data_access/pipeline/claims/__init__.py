"""Claims to the Register of Damage, by community and category."""
