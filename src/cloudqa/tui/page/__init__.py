"""Text laid out for a terminal: wrapped and aligned by cells, drawn line by line, so that length costs nothing."""
