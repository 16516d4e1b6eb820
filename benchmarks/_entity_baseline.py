"""Simple finders of mentions to compare ours with: word lists and runs of capitals; spaCy's small model with the lists.

In: a text. Out: mentions. The word lists are the project's own tables, looked up without any reading of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from _re3d import Marked
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import NameIndex, index_of
from tocsin.language.lexicon import Lexicon

Finder = Callable[[str], list[Marked]]
_RUN = re.compile(r"(?:[A-Z][\w’'-]*\.?)(?: (?:of |for |and |de |al-)?[A-Z][\w’'-]*)+")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b(?! (?:January|February|March|April|May|June|July|August|September|October"
                     r"|November|December))|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|millions)\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME = re.compile(
    rf"\b(?:\d\d? )?(?:{_MONTHS})(?: \d\d?,?)?(?: (?:19|20)\d\d)?\b|\b{_DAYS}\b|\b(?:19|20)\d\d\b"
    r"|\b(?:[Tt]oday|[Yy]esterday|[Tt]omorrow|(?:last|this|next) (?:week|month|year))\b"
)
_SPACY = {
    "PERSON": "person", "ORG": "organisation", "GPE": "location", "LOC": "location", "FAC": "location",
    "NORP": "nationality", "DATE": "time", "TIME": "time", "CARDINAL": "quantity", "QUANTITY": "quantity",
    "PERCENT": "quantity",
}
_NO_BODY = frozenset({"person", "nationality"})


def finders(tables: Tables) -> Iterator[tuple[str, Finder]]:
    """The baselines that can run here, by name."""
    lists = Lists(tables)
    yield "lists and capitals", lists.with_runs
    model = _model()
    if model is None:
        print("spaCy's small model is not installed: its row is left out (pip install .[compare])")
        return
    yield "spaCy and lists", lambda text: lists.find(text) + [
        Marked(e.start_char, e.end_char, _SPACY[e.label_]) for e in model(text).ents if e.label_ in _SPACY
    ]


class Lists:
    """The tables as word lists."""

    def __init__(self, tables: Tables) -> None:
        self._indexes: list[NameIndex] = [index_of(sort, tables) for sort in ("parties", "places", "equipment")]
        lexicon = Lexicon(tables)
        self._titles = {key.title() for key, role in lexicon.roles.items() if role.kind == "person"}
        gear = sorted(map(re.escape, lexicon.equipment), key=len, reverse=True)
        self._gear = re.compile(rf"\b(?:{'|'.join(gear)})\b")

    def find(self, text: str) -> list[Marked]:
        """Names of the tables, nouns of equipment."""
        found = [Marked(m.start(), m.end(), "equipment") for m in self._gear.finditer(text)]
        for index in self._indexes:
            for name in index.find(text):
                sort = name.names[0].sort
                if sort in ("state", "metonym", "place"):
                    found.append(Marked(name.start, name.end, "location"))
                elif sort == "equipment":
                    found.append(Marked(name.start, name.end, "equipment"))
                else:
                    found.append(Marked(name.start, name.end, sort if sort in _NO_BODY else "organisation"))
        return found

    def with_runs(self, text: str) -> list[Marked]:
        """The lists, and runs of capital words: people behind a title, else bodies; plain patterns for times and numbers."""
        found = self.find(text)
        known = [(m.start, m.end) for m in found]
        for run in _RUN.finditer(text):
            if not any(s < run.end() and run.start() < e for s, e in known):
                titled = any(run.group().startswith(f"{title} ") for title in self._titles)
                person = titled or run.group().count(" ") == 1
                found.append(Marked(run.start(), run.end(), "person" if person else "organisation"))
        found += [Marked(m.start(), m.end(), "time") for m in _TIME.finditer(text)]
        taken = [(m.start, m.end) for m in found if m.type == "time"]
        numbers = [m for m in _NUMBER.finditer(text) if not any(s < m.end() and m.start() < e for s, e in taken)]
        return found + [Marked(m.start(), m.end(), "quantity") for m in numbers]


def _model() -> Callable[..., object] | None:
    try:
        import spacy

        from spacy_parser import _model_path

        return spacy.load(_model_path())
    except (ImportError, OSError):
        return None
