"""One indicator explored: map, ranking, table, course over time."""
