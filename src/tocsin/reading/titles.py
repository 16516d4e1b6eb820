"""The headline of a page among those that it states: JSON-LD, Open Graph, the visible heading, the title of the window.

Outlets write several: one for readers, one for search engines, which is that of the window, one for social networks. Where
the declared ones differ, the one that the title of the window does not repeat is the readers'. Names of outlets and sections
at the end are cut where another candidate shows that they are none of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_JOIN = re.compile(r"\s*[-|\u2013\u2014\u00b7:\u00bb/,\u00ab\uff1a\uff5c]")
_SEGMENT = re.compile(r"(?P<title>.{10,}?)\s+\|\s+[^|]{2,30}$", re.DOTALL)
_SURE = 10  # letters of a candidate that may stand for the whole
_SHORT = 8  # letters; what is shorter is the name of a section
_ALIKE = 0.3  # of a heading's words in a declared headline: it is a heading of this article


@dataclass(frozen=True, slots=True)
class Titles:
    """What a page states as its headline; empty where it does not. ``headings`` are those of the first rank, in order."""

    declared: str = ""
    social: str = ""
    other: str = ""
    window: str = ""
    headings: Sequence[str] = ()
    site: str = ""


def headline(stated: Titles) -> str | None:
    """The headline; None where the page states none."""
    heading = _heading(stated)
    shown = [one for one in (heading, stated.social) if len(_letters(one)) > _SURE]
    declared, social, other, window = (
        _cut(one, shown, stated.site) for one in (stated.declared, stated.social, stated.other, stated.window))
    whole = _letters(stated.window)
    if declared and social and whole and _letters(declared) != _letters(social):
        repeats = [whole.startswith(_letters(one)) for one in (declared, social)]
        if repeats == [True, False]:
            return social
        if repeats == [False, True]:
            return declared
    return declared or social or heading or other or window or None


def _heading(stated: Titles) -> str:
    """The heading that is the article's: of several the one most like what is declared, and none that is like nothing."""
    longer = [one for one in stated.headings if len(_letters(one)) > _SHORT]
    declared = [set(one.casefold().split()) for one in (stated.social, stated.window, stated.declared) if one]
    if not longer:
        return ""
    shares = [max((_share(one, words) for words in declared), default=0.0) for one in longer]
    best = max(range(len(longer)), key=lambda number: shares[number])
    return longer[best] if shares[best] >= _ALIKE or len(longer) == 1 else ""


def _share(text: str, words: set[str]) -> float:
    own = set(text.casefold().split())
    return len(own & words) / len(own) if own else 0.0


def _cut(title: str, shown: Sequence[str], site: str) -> str:
    """A title without what follows the headline: the name of the site, or what another candidate lacks after a sign."""
    for one in shown:
        if title.startswith(one) and len(title) > len(one) and _JOIN.match(title, len(one)):
            return one
    if site and (found := re.match(rf"(.{{10,}}?)\s*[-|\u2013\u2014\u00b7:]\s*{re.escape(site)}.*$", title, re.DOTALL)):
        return found[1]
    segment = _SEGMENT.match(title)
    return segment["title"] if segment else title


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum())
