"""Units, settlements and topics found by name or code, however they are typed."""
