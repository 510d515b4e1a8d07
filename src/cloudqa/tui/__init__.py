"""The terminal interface: a conversation with the archive, every figure a key away from its source."""
