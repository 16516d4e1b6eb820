"""Every error that Tocsin raises on purpose.

    TocsinError
    ├── UsageError          the caller asked for something that cannot be (a date that is no date, no input)
    ├── InputError          one input cannot be read; others go on
    ├── KnowledgeError      a table or frame under knowledge/ (or --knowledge DIR) is wrong: file and entry are named
    ├── ModelError          the language model is missing or damaged
    ├── RegisterError       a register cannot be opened, read or written; what it holds is intact
    │   └── NoIncident      it holds no incident of this name
    └── RecordError         a record breaks the contract (a span that does not slice to its text, an unknown role)

A message says what was found, where, and what to do next.
"""

from __future__ import annotations


class TocsinError(Exception):
    """Root of all errors raised on purpose."""


class UsageError(TocsinError):
    """The call cannot be carried out as it was made."""


class InputError(TocsinError):
    """One input cannot be read."""


class KnowledgeError(TocsinError):
    """A file of the knowledge folder cannot be used."""


class ModelError(TocsinError):
    """The language model is missing or cannot be loaded."""


class RegisterError(TocsinError):
    """A register cannot be used."""


class NoIncident(RegisterError):
    """A register holds no incident of this name."""


class RecordError(TocsinError):
    """A record breaks the contract."""
