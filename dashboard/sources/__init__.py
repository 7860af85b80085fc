"""The page of sources, releases and corrections."""
