"""The workbooks that IOM publishes of each round of its surveys."""
