"""What is claimed, and on whose word: status, sources, and what a statement is about.

``status.py`` folds the operators above a clause (planned, denied, alleged …), ``attribution.py`` gives the chain of
speakers, ``speech.py`` and ``meant.py`` say for whom somebody speaks and whom he means.
"""
