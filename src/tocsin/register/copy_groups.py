"""Groups of copies as they are shown: who has the text, who had it first, and in what a copy differs.

In: an article of a register. Out: the members of its group, and of each what it has that the fullest text has not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.knowledge.words import Words
from tocsin.register.store import Connection

_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][\"'\u201d\u2019)]*(?=\s|$)|$)", re.MULTILINE)
_SIGNS = re.compile(r"\W+")
_SHOWN = 80  # characters of a sentence that is quoted


@dataclass(frozen=True, slots=True)
class Copy:
    """A member of a group. ``kind`` is what it is of the fullest text: ``same``, ``cut``, ``longer`` or ``edited``;
    ``share`` how much of the shorter text both have."""

    article: str
    title: str | None
    publisher: str | None
    published: str | None
    source: str
    kind: str
    share: float
    agency: str | None


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles with one text: ``anchor`` is the fullest, ``earliest`` the first known to be published (ids); ``agency`` the
    news agency that most of them name."""

    id: int
    anchor: str
    earliest: str
    agency: str | None
    members: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a copy lacks of the fullest text, what it has besides (sentences), and whether its headline is another."""

    left_out: tuple[str, ...]
    added: tuple[str, ...]
    headline: bool


def group_of(db: Connection, article: str) -> CopyGroup | None:
    """The group of an article; None where it is the only one with its text."""
    row = db.execute("SELECT copy_group FROM copy JOIN article ON article.id = copy.article WHERE article.article = ?",
                     (article,)).fetchone()
    return None if row is None else _group(db, row[0])


def with_its_text(db: Connection, article: str) -> list[int]:
    """Numbers of the articles that have an article's text, whole, cut or edited, with its own; empty where there is none
    such."""
    return [row[0] for row in db.execute(
        """SELECT id FROM article WHERE article = :name UNION SELECT article FROM copy WHERE copy_group =
             (SELECT copy_group FROM copy JOIN article ON article.id = copy.article WHERE article.article = :name)
           ORDER BY 1""", {"name": article})]


def groups(db: Connection, limit: int, offset: int = 0) -> list[CopyGroup]:
    """The groups, the largest first."""
    rows = db.execute("SELECT copy_group FROM copy GROUP BY copy_group ORDER BY count(*) DESC, copy_group LIMIT ? OFFSET ?",
                      (limit, offset)).fetchall()
    return [_group(db, row[0]) for row in rows]


def _group(db: Connection, number: int) -> CopyGroup:
    anchor, earliest, agency = db.execute(
        "SELECT a.article, e.article, agency FROM copy_group JOIN article a ON a.id = anchor JOIN article e "
        "ON e.id = earliest WHERE copy_group.id = ?", (number,)).fetchone()
    rows = db.execute("SELECT a.article, title, publisher, published, source, kind, share, agency FROM copy JOIN article a "
                      "ON a.id = copy.article WHERE copy_group = ? ORDER BY coalesce(published, '9999'), a.id", (number,))
    return CopyGroup(number, anchor, earliest, agency, tuple(Copy(*row) for row in rows))


def difference(copy: tuple[str | None, str], whole: tuple[str | None, str]) -> Difference:
    """In what a copy differs from the fullest text; each as title and body."""
    ours, theirs = _sentences(copy[1]), _sentences(whole[1])
    ours_known, theirs_known = {_letters(one) for one in ours}, {_letters(one) for one in theirs}
    return Difference(tuple(one for one in theirs if _letters(one) not in ours_known),
                      tuple(one for one in ours if _letters(one) not in theirs_known),
                      _letters(copy[0] or "") != _letters(whole[0] or ""))


def told(found: Difference, name: str, say: Words) -> str:
    """The difference in a sentence: "same text as … but for …"."""
    parts = []
    if found.headline:
        parts.append(say("copies.headline"))
    for key, sentences in (("copies.left_out", found.left_out), ("copies.added", found.added)):
        if sentences:
            parts.append(say(key, n=say("count.sentences", n=len(sentences)), first=_short(sentences)))
    return say("copies.but_for", name=name, parts=", ".join(parts)) if parts else say("copies.same", name=name)


def _short(sentences: Sequence[str]) -> str:
    first = " ".join(sentences[0].split())
    return first if len(first) <= _SHOWN else f"{first[:_SHOWN].rsplit(' ', 1)[0]} …"


def _sentences(text: str) -> list[str]:
    return [found[0] for found in _SENTENCE.finditer(text) if _letters(found[0])]


def _letters(text: str) -> str:
    return _SIGNS.sub("", text).casefold()
