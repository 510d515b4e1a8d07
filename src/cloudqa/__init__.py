"""cloudqa: offline, cited answers from an archive of periodical reports.

Nothing is imported here, so that ``import cloudqa`` costs nothing; see the packages for what they offer.
"""

__version__ = "0.1.0"
