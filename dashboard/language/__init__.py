"""Words in pairs, and how numbers, dates and figures read in each language."""
