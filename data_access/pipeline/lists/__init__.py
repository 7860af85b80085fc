"""Lists that editors keep: territories, sources, producers, names, members, the official list, the Register."""
