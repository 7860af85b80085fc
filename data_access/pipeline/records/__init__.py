"""What movements, aid and claims have in common: columns, and rules between cells."""
