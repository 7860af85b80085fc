"""The page that compares a unit with its peers."""
