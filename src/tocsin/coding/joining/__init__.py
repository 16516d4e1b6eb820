"""One event, one record: which drafts of an article tell the same, which do not, and how those left hang together.

``apart.py`` says what tells two drafts apart and has the last word; ``link.py``, ``merge.py`` and ``refer.py`` find
what joins.
"""
