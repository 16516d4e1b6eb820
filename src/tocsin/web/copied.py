"""Copies as the pages show them: what of an article's text others have too, cut or edited, and in what each differs.

In: an article of a register. Out: the sentence that tells what it is of the fullest text, and the others of its group; for a
table, which of its articles are in a group and which of them came first. Exact copies alone are shown elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tocsin.export.copies import group_json, told_of
from tocsin.knowledge.words import Words, words
from tocsin.register import Register
from tocsin.register.copy_groups import Copy, CopyGroup
from tocsin.register.store import Connection
from tocsin.register.whence import file_name
from tocsin.web.settings import Settings
from tocsin.web.whence import told_source

_COMPARED = 20  # members whose difference is worked out for one page
_GAP = "\0"  # where the name of the fullest text stands in a sentence: there it is a link


@dataclass(frozen=True, slots=True)
class Other:
    """Another article of the group, and in what it differs from the fullest text (None for that one, and where texts are not
    kept)."""

    id: str
    name: str
    published: str | None
    told: str | None
    fullest: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The group of an article: how many have the text, the agency that they name, and the words before and after the name of
    the fullest text in what is told of this article (None for the fullest). ``left`` others are not listed."""

    articles: int
    agency: str | None
    whole: str
    title: str
    before: str | None
    after: str
    first: bool
    others: tuple[Other, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An article among its copies: how many have the text, and whether it is the first known."""

    articles: int
    first: bool


def shown(register: Register, name: str, exact: int, say: Words) -> Shown | None:
    """The group of an article that has ``exact`` copies to the letter; None where there are no others."""
    group = register.copy_group(name)
    if group is None or len(group.members) <= 1 + exact:
        return None
    whole = next(one for one in group.members if one.article == group.anchor)
    others = [one for one in group.members if one.article != name]
    others.sort(key=lambda one: one.article not in (group.anchor, group.earliest))  # these are always among the listed
    listed = sorted(others[:_COMPARED], key=lambda one: one.published or "9999")
    before, _, after = (told_of(register, name, group, say, _GAP) or "").partition(_GAP)
    return Shown(len(group.members), group.agency, group.anchor, whole.title or file_name(whole.source),
                 None if name == group.anchor else before, after, name == group.earliest,
                 tuple(_other(register, one, group, name, say) for one in listed), len(others) - len(listed))


def as_json(register: Register, name: str, settings: Settings) -> dict[str, Any] | None:
    """The group of an article as ``tocsin copies --json`` gives it; None where no other has its text. Of a large group the
    differences of this article and of the first known are told, and null of the rest."""
    group = register.copy_group(name)
    if group is None:
        return None
    compared = {name, *(one.article for one in group.members[:_COMPARED])}
    members = tuple(replace(one, source=told_source(one.source, settings)) for one in group.members)
    return group_json(register, replace(group, members=members), words(), compared=compared)


def standings(db: Connection, articles: Sequence[str]) -> dict[str, Standing]:
    """Which of some articles have near copies."""
    rows = db.execute(
        """SELECT a.article, (SELECT count(*) FROM copy WHERE copy_group = g.id), a.id = g.earliest,
                  (SELECT count(*) FROM article WHERE duplicate_of = a.id) FROM article a JOIN copy c ON c.article = a.id
           JOIN copy_group g ON g.id = c.copy_group WHERE a.article IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(articles)),))
    return {name: Standing(count, bool(first)) for name, count, first, exact in rows if count > 1 + exact}


def _other(register: Register, one: Copy, group: CopyGroup, page: str, say: Words) -> Other:
    name = say("web.copies_this") if group.anchor == page else say("web.copies_fullest")
    return Other(one.article, one.publisher or file_name(one.source), one.published,
                 told_of(register, one.article, group, say, name), one.article == group.anchor,
                 one.article == group.earliest)
