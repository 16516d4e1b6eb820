"""Repairs of trees: constructions of this trade that a parse breaks again and again.

In: a parsed sentence and its name mentions. Out: the same words under a mended tree. ``apply.py`` calls the rest in
order and takes back whatever leaves no tree; each module is a family of constructions, each function says which, with
an example.
"""
