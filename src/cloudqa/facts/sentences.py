"""Facts from sentences."""
from cloudqa.documents import Document
from cloudqa.facts.model import Fact


def prose_facts(document: Document) -> tuple[Fact, ...]:
    """x"""
    return ()
