"""A parser of our own: text to sentences with Universal Dependencies trees, by one small network on one thread."""

from tocsin.language.trees.parser import TreeParser

__all__ = ["TreeParser"]
