"""Index: passages on disk so that they can be searched and cited; generations and the atomic switch between them.

numpy and FAISS are imported where the lexical or dense side is used, never by opening an index.
"""

from cloudqa.index.archive import StoredReport
from cloudqa.index.generation import Generation
from cloudqa.index.manifest import REPAIR, SCHEMA, Manifest, Source
from cloudqa.index.writer import GenerationWriter, Origin

__all__ = ["REPAIR", "SCHEMA", "Generation", "GenerationWriter", "Manifest", "Origin", "Source", "StoredReport"]
