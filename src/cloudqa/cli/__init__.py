"""The command line: ``cloudqa ask``, ``search``, ``show`` and ``index``. Nothing heavy is imported here."""
