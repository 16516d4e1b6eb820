"""Names of parties, equipment and places in sentences.

In: sentences and the name indexes. Out: mentions with the tokens that they cover and what they stand for. Ambiguity is
settled here: a town is a place only where the grammar wants one, a weapon's name that is an ordinary word only beside
other equipment words, a capital may be a seat of government or a town.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tocsin.knowledge.names import Found, Name, NameIndex
from tocsin.language.lexicon import Lexicon, alike
from tocsin.language.names.namesakes import is_namesake
from tocsin.language.names.other_names import names_another
from tocsin.language.names.towns import place_fits
from tocsin.language.tokens import Sentence, Token

_PARTY_SORTS = ("state", "nationality", "metonym", "igo", "government_body", "military", "armed_group", "person", "company",
                "ngo", "media", "population", "unidentified")


Names = list[list[list[Found]]]  # what each index found in each sentence


@dataclass(slots=True)
class NameMention:
    """A name at tokens ``first``..``last`` (inclusive) of a sentence; ``head`` is the token the others hang from."""

    sentence: int
    first: int
    last: int
    head: int
    start: int
    end: int
    text: str
    party: Name | None = None
    place: Name | None = None
    equipment: Name | None = None
    names: tuple[Name, ...] = field(default=())
    also: list[Name] = field(default_factory=list)  # a second party in the same word ("U.S.-UK")

    @property
    def names_land(self) -> bool:
        """Whether the words, several, name a place or state: what they mean by themselves does not count."""
        state = self.party is not None and self.party.sort == "state"
        return self.last > self.first and (self.place is not None or state)

    @property
    def parties(self) -> list[Name]:
        """All parties that the words name."""
        return ([self.party] if self.party else []) + self.also


def find_mentions(
    sentences: Iterable[Sentence], text: str, indexes: Iterable[NameIndex], lexicon: Lexicon
) -> list[NameMention]:
    """All name mentions of the sentences, longest first where they overlap, in text order."""
    sentences, indexes = list(sentences), list(indexes)
    names = [[list(index.find(text[s.start : s.end])) for index in indexes] for s in sentences]
    mentions = _all(sentences, text, indexes, lexicon, frozenset(), names)
    towns = frozenset(m.text for m in mentions if m.place is not None and m.place.sector == "town" and m.party is None)
    if towns:  # a town once told as one is one wherever it is named: "In X … X fell to the rebels"
        mentions = _all(sentences, text, indexes, lexicon, towns, names)
    _locate(mentions, text, lexicon)
    return _settle(mentions, {s.index: s for s in sentences}, lexicon.words("surname_countries"))


def _nearer_town(mention: NameMention, named: Counter[str | None], settled: frozenset[str]) -> None:
    """Of several towns of one name the one whose country the article names otherwise, where the largest is of none.
    Where towns are named after those of the old world (``settled``), it takes more than that: talks in Geneva, Paris, Rome
    with Americans are not held in Illinois."""
    town = mention.place
    if town is None or town.sector != "town" or mention.party is not None or named[town.country] > 1:
        return
    towns = [n for n in mention.names if n.sort == "place" and n.sector == "town" and n is not town]
    rivals = [n for n in towns if named[n.country]]
    rivals = [n for n in rivals if n.country not in settled or town.country in settled]
    countries = {n.country for n in rivals}
    if len(countries) == 1 and not (named[town.country] and named[rivals[0].country] <= named[town.country]):
        mention.place = rivals[0]


def _all(
    sentences: list[Sentence], text: str, indexes: list[NameIndex], lexicon: Lexicon, towns: frozenset[str], names: Names
) -> list[NameMention]:
    """The mentions of every sentence; ``towns`` are names known to be towns here, ``names`` what each index found."""
    mentions: list[NameMention] = []
    for sentence, lists in zip(sentences, names, strict=True):
        taken: dict[int, NameMention] = {}
        for index, found in zip(indexes, lists, strict=True):
            for mention in _in_sentence(sentence, text, index, lexicon, towns, found):
                _place_mention(taken, mention)
        mentions += sorted({id(m): m for m in taken.values()}.values(), key=lambda m: m.first)
    return mentions


def _locate(mentions: list[NameMention], text: str, lexicon: Lexicon) -> None:
    """A town right before the name of a state or province ("Rafah, Egypt", "Lourdes in Cuba") lies there, wherever it is
    named again."""
    told: dict[str, Name] = {}
    for mention, after in itertools.pairwise(mentions):
        town = mention.place
        if town is None or town.sector != "town" or not _lies_in(mention, after, text):
            continue
        country = _country_told(after)
        division = after.text.split()[-1].title() in lexicon.words("division_words")
        if country is not None and country == town.country and after.place is not None and division:
            told[mention.text] = _in_province(mention, after.place, lexicon)
            continue
        if country is None or country == town.country:
            continue
        known = next((n for n in mention.names if n.sort == "place" and n.country == country), None)
        told[mention.text] = known or replace(town, country=country, row={"name": town.name, "precision": "town"})
    for mention in mentions:
        if mention.place is not None and mention.place.sector == "town" and mention.text in told:
            mention.place = told[mention.text]


def _lies_in(town: NameMention, after: NameMention, text: str) -> bool:
    """Whether a name tells where the town before it lies: "Rafah, Egypt", "Lourdes in Cuba." ("in US planes" does not)."""
    between = text[town.end : after.start].split()
    if after.place is not None and after.place.sector == "province" and between in (["in", "the"], ["of"]):
        return True
    return between == [","] or (between == ["in"] and not text[after.end :].lstrip(" ")[:1].isalnum())


def _in_province(mention: NameMention, province: Name, lexicon: Lexicon) -> Name:
    """The town of a name that lies in the province told behind it: one that the tables know there, else one of no point."""
    town, name = mention.place, lexicon.province_name(province.name)
    assert town is not None
    if province.sector != "province" or alike(town.row.get("admin1"), name) or alike(town.row.get("admin1"), town.name):
        return town  # "in Kandahar, Zabul provinces": two provinces
    known = [n for n in mention.names if n.sort == "place" and n.sector == "town" and n.country == province.country]
    there = next((n for n in known if alike(n.row.get("admin1"), name)), None)
    return there or replace(town, row={"name": town.name, "precision": "town", "admin1": name})


def _country_told(mention: NameMention) -> str | None:
    """The country that a name of a state or province stands for."""
    if mention.party is not None and mention.party.sort == "state":
        return mention.party.country
    place = mention.place
    return place.country if place is not None and place.sector in ("province", "region", "country") else None


def _settle(mentions: list[NameMention], sentences: dict[int, Sentence], settled: frozenset[str]) -> list[NameMention]:
    """Decide names that several things share ("Congress", "Georgia") by the countries that the article names."""
    named: Counter[str | None] = Counter(
        m.party.country for m in mentions if m.party and not m.party.bare and m.party.country
    )
    named.update(m.place.country for m in mentions if m.place and m.place.country and m.party is None)
    whole = {m.party.id for m in mentions if m.party and not m.party.bare and m.party.id}
    for mention in mentions:
        _nearer_town(mention, named, settled)
        if mention.party is None or mention.also:
            continue
        rivals = [n for n in mention.names if n.sort in _PARTY_SORTS]
        if mention.party.bare:
            fitting = [n for n in rivals if n.id in whole]  # "the Allied Democratic Forces (ADF)"
            fitting = fitting or sorted((n for n in rivals if named[n.country]), key=lambda n: -named[n.country])
            fitting = fitting or [n for n in rivals if named[n.row.get("pair")] and mention.text in n.row.get("paired", ())]
            fitting = fitting or [n for n in rivals if _stands_alone(mention, n, sentences)]
            mention.party = fitting[0] if fitting else None
        elif len({n.id for n in rivals}) > 1:
            mention.party = max(rivals, key=lambda n: (named[n.country], -rivals.index(n)))
    return [m for m in mentions if m.party or m.place or m.equipment]


def _stands_alone(mention: NameMention, name: Name, sentences: dict[int, Sentence]) -> bool:
    """Whether a shared name means this one where nothing before it says whose it is ("the Security Council")."""
    before = sentences[mention.sentence].tokens[mention.first - 1] if mention.first else None
    owned = before is not None and (before.tag in ("POS", "PRP$") or before.pos in ("PROPN", "ADJ"))
    return mention.text in name.row.get("alone", ()) and not owned


def _in_sentence(
    sentence: Sentence, text: str, index: NameIndex, lexicon: Lexicon, towns: frozenset[str], names: list[Found]
) -> Iterable[NameMention]:
    if not names:
        return
    by_start = {t.start: t.i for t in sentence}
    by_end = {t.end: t.i for t in sentence}
    for found in _found(sentence, text[sentence.start : sentence.end], index, names):
        start, end = sentence.start + found.start, sentence.start + found.end
        first, last = by_start.get(start), by_end.get(end)
        if first is None or last is None:
            first, last = _cover(sentence, start, end)
            if first is None or last is None:
                continue
        mention = _resolve(sentence, first, last, found.names, text, lexicon, towns)
        if mention is not None and not names_another(sentence, first, last, lexicon):
            yield mention


def _found(sentence: Sentence, raw: str, index: NameIndex, names: list[Found]) -> Iterable[Found]:
    """The names in a sentence; an outlet that is only "the" and a nationality before a noun is the nationality."""
    for found in names:
        words = raw[found.start : found.end].split()
        outlet = len(words) == 2 and words[0] == "The" and found.names[0].sort == "media"
        last = next((t for t in sentence if t.end == sentence.start + found.end), None) if outlet else None
        if last is None or last.dep not in ("amod", "compound", "nmod") or last.head <= last.i:
            yield found
            continue
        at = found.end - len(words[1])
        yield from (Found(at + f.start, at + f.end, f.names) for f in index.find(words[1]))


def _cover(sentence: Sentence, start: int, end: int) -> tuple[int | None, int | None]:
    """Tokens that hold a name whose borders fall inside them, where little else does ("S-300s", "Russia-backed")."""
    inside = [t.i for t in sentence if t.start < end and t.end > start]
    if not inside:
        return None, None
    first, last = inside[0], inside[-1]
    left, right = sentence.tokens[first], sentence.tokens[last]
    spare = (start - left.start) + (right.end - end)
    hyphen = "-" in left.text or "-" in right.text
    return (first, last) if spare <= 2 or hyphen else (None, None)


def _place_mention(taken: dict[int, NameMention], mention: NameMention) -> None:
    """Keep the longer of overlapping mentions; of equal spans join what they stand for."""
    span = range(mention.first, mention.last + 1)
    rivals = {id(taken[i]): taken[i] for i in span if i in taken}
    for rival in rivals.values():
        if (rival.first, rival.last) == (mention.first, mention.last):
            other = rival.party and mention.party and rival.party.id != mention.party.id
            apart = (rival.start, rival.end) != (mention.start, mention.end)
            if other and mention.party and ({"-", "–"} & set(mention.text) or apart):
                rival.also.append(mention.party)
            rival.party = rival.party or mention.party
            rival.place = rival.place or mention.place
            rival.equipment = rival.equipment or mention.equipment
            return
        if rival.last - rival.first >= mention.last - mention.first:
            return
    for rival in rivals.values():
        for i in range(rival.first, rival.last + 1):
            taken.pop(i, None)
    for i in span:
        taken[i] = mention


def _resolve(
    sentence: Sentence,
    first: int,
    last: int,
    names: tuple[Name, ...],
    text: str,
    lexicon: Lexicon,
    towns: frozenset[str],
) -> NameMention | None:
    tokens = sentence.tokens[first : last + 1]
    head = name_head(sentence, first, last)
    token = sentence.tokens[head]
    parties = [n for n in names if n.sort in _PARTY_SORTS and _party_fits(n, sentence, token, tokens)]
    parties = [n for n in parties if not is_namesake(n, sentence, first, last, lexicon)]
    places = [n for n in names if n.sort == "place" and place_fits(n, sentence, first, last, lexicon, towns)]
    equipment = [n for n in names if n.sort == "equipment"]
    if not (parties or places or equipment):
        return None
    start, end = tokens[0].start, tokens[-1].end
    return NameMention(
        sentence.index,
        first,
        last,
        head,
        start,
        end,
        text[start:end],
        party=parties[0] if parties else None,
        place=places[0] if places else None,
        equipment=equipment[0] if equipment else None,
        names=names,
        also=_together(parties, tokens, lexicon),
    )


def _together(parties: list[Name], tokens: list[Token], lexicon: Lexicon) -> list[Name]:
    """The second state of a name that joins two ("North and South Korea"): both are meant."""
    states = [n for n in parties if n.sort == "state"]
    joined = any(t.lower in lexicon.words("joiners") for t in tokens)
    return states[1:] if joined and len({n.id for n in states}) > 1 and states[0] is parties[0] else []


def name_head(sentence: Sentence, first: int, last: int) -> int:
    """The token of the range whose head lies outside it (the last such)."""
    heads = {i: sentence.tokens[i].head for i in range(first, last + 1)}
    outside = [i for i, above in heads.items() if not first <= above <= last or above == i]
    return outside[-1] if outside else last


def _party_fits(name: Name, sentence: Sentence, head: Token, tokens: list[Token]) -> bool:
    if name.sort == "person" and len(tokens) == 1:
        return head.pos == "PROPN" or head.tag.startswith("NNP")  # "the Maduro regime": taken for an adjective
    return any(t.text[:1].isupper() for t in tokens) or name.sort in ("armed_group", "nationality")
