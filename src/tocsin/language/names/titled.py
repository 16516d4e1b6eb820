"""Who "President Clinton" is: of those who bear the surname the one who held the office on the day of publication.

In: mentions and the day. Out: the mentions, each name by title cut to the surname and given to whoever held the office;
without a day, or where nobody or two held it then, it names nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from tocsin.knowledge.names import Name
from tocsin.knowledge.titles import TITLED
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.names.terms import holds
from tocsin.language.tokens import Sentence

_OWNED = 2  # words from the name of a state to the title, the last of the name counted


def by_title(
    mentions: Iterable[NameMention], sentences: Sequence[Sentence], published: dt.date | None
) -> Iterator[NameMention]:
    """The mentions in order, names by title settled."""
    told = {sentence.index: sentence for sentence in sentences}
    before: NameMention | None = None
    for mention in mentions:
        owner, before = before, mention
        name = " ".join(mention.text.split())
        bearers = [n for n in mention.names if name in (n.row.get(TITLED) or {})]
        if not bearers or mention.party is None or mention.party not in bearers:
            yield mention
            continue
        holders = [n for n in bearers if published is not None and _held(n, name, published.isoformat())]
        holders = [n for n in holders if not _of_another(owner, mention, n)]
        if len({n.id for n in holders}) == 1:
            yield _surname(mention, holders[0], told[mention.sentence])


def _held(person: Name, name: str, day: str) -> bool:
    """Whether a person held the office that a name by title means."""
    offices = person.row.get("offices") or []
    return any(holds(o, day) for o in offices if o["office"] == person.row[TITLED][name])


def _of_another(owner: NameMention | None, mention: NameMention, person: Name) -> bool:
    """Whether the words before the title name another state: "Gambian President N", "Gambia's President N"."""
    if owner is None or owner.sentence != mention.sentence or mention.first - owner.last > _OWNED:
        return False
    countries = {party.country for party in owner.parties}
    return bool(countries) and person.country not in countries


def _surname(mention: NameMention, person: Name, sentence: Sentence) -> NameMention:
    """The mention on its last word alone, as those by surname are."""
    token = sentence.tokens[mention.last]
    mention.first, mention.head = mention.last, name_head(sentence, mention.last, mention.last)
    mention.start, mention.text, mention.party = token.start, token.text, person
    return mention
