"""From a file to the tables: one file, one batch, one transaction."""
