"""Ask: the conversation with the archive."""
