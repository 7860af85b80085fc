"""The ground of every kind of file: tables as text, cells, checks, the report, personal data."""
