"""Answering: route a question, compose the answer, cite it or refuse it."""
