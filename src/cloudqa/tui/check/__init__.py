"""Check: the report as it reads, with the quote marked."""
