"""Who "President Clinton" is: of those who bear the surname the one who held the office on the day of publication.

In: sentences, their mentions and the day. Out: the mentions with one more for each name by title that nothing else names;
none without a day, where nobody or two held the office then, or where another state stands before the title.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tocsin.knowledge.names import Name
from tocsin.knowledge.titles import Titled
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.names.terms import holds
from tocsin.language.tokens import Sentence, Token

_LONGEST = 3  # words of a title
_OWNED = 2  # words from the name of a state to the title, the last of the name counted


def by_title(
    mentions: Sequence[NameMention], sentences: Sequence[Sentence], published: dt.date | None, people: Titled
) -> list[NameMention]:
    """The mentions in order, with those by title."""
    if published is None:
        return list(mentions)
    named: dict[int, list[NameMention]] = {}
    for mention in mentions:
        named.setdefault(mention.sentence, []).append(mention)
    added: list[NameMention] = []
    for sentence in sentences:
        added += _in_sentence(sentence, named.get(sentence.index, []), published.isoformat(), people)
    return sorted([*mentions, *added], key=lambda m: (m.sentence, m.first)) if added else list(mentions)


def _in_sentence(sentence: Sentence, here: list[NameMention], day: str, people: Titled) -> Iterator[NameMention]:
    taken = {i for m in here for i in range(m.first, m.last + 1)}
    for token in sentence:
        if token.pos != "PROPN" or token.i in taken or _goes_on(sentence, token):
            continue
        for first in range(token.i - 1, max(token.i - _LONGEST, 0) - 1, -1):
            name = " ".join(t.text for t in sentence.tokens[first : token.i + 1])
            holders = {p.id: p for office, p in people.get(name, ()) if _held(p, office, day)}
            person = next(iter(holders.values())) if len(holders) == 1 else None
            if person is not None and not _of_another(here, first, person):
                head = name_head(sentence, token.i, token.i)
                yield NameMention(sentence.index, token.i, token.i, head, token.start, token.end, token.text, person,
                                  names=(person,))
                break


def _goes_on(sentence: Sentence, token: Token) -> bool:
    """Whether the name goes on behind a token: "Foreign Minister Wang Yi"."""
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    return after is not None and after.pos == "PROPN" and after.head in (token.i, token.head)


def _held(person: Name, office: str, day: str) -> bool:
    return any(holds(o, day) for o in person.row.get("offices") or () if o["office"] == office)


def _of_another(here: Sequence[NameMention], first: int, person: Name) -> bool:
    """Whether the words before the title name another state: "Gambian President N", "Gambia's President N"."""
    owners = [m for m in here if m.last < first <= m.last + _OWNED]
    countries = {party.country for m in owners for party in m.parties}
    return bool(countries) and person.country not in countries
