"""The area of the archive: its issues, its rebuilding, adding files."""
