"""The terminal interface: a conversation with the archive, every figure a key away from its source.

Nothing is imported here; :func:`cloudqa.tui.launching.launch` opens the application.
"""
