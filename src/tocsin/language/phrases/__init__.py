"""What each noun phrase stands for: which parties, which place, which equipment, and of which kinds it is.

``interpret.py`` walks an article's phrases in order; each face of a phrase has a module of its own, and
``discourse.py`` keeps what was mentioned, so that pronouns, titles and short forms find their first.
"""
