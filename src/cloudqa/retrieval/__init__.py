"""Retrieval: question -> ranked passages with the reasons for each rank.

numpy and FAISS come with :mod:`cloudqa.retrieval.retriever`; import from there, on the path that needs them.
"""
