"""From the tables to a release: totals, protection, cells, what changed."""
