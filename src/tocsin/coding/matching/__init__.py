"""Frames on clauses: which wording fires, and who plays which role.

``frames.py`` and ``record_types.py`` load what ``knowledge/frames`` holds, ``match.py`` tries it, ``parts.py`` and
``roles.py`` give phrases to roles, and the checks (``context.py``, ``part_checks.py``, ``role_checks.py``) refuse.
Out: candidates.
"""
