"""What editors do to figures that are public already: corrections and withdrawals."""
