"""The mentions of an article: parties, people, places, equipment, peoples, amounts and times, by the words that name them.

In: an annotated article. Out: mentions in text order, the longer first. A phrase is listed once for each thing that it is:
"Dushanbe" in "talks in Dushanbe" is a place, in "Dushanbe said" a state. Names that no table holds are listed where the
words around them show what they are (``language/names/name_runs.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, cast, get_args

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Name
from tocsin.language.annotate import Annotated
from tocsin.language.linking import Linker, Linking
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.names.name_runs import NameRun
from tocsin.language.numbers.amounts import Number
from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.layers.elsewhere import Elsewhere
from tocsin.layers.peoples import Peoples
from tocsin.layers.spans import described_span, joined_titles
from tocsin.model import Mention, Party
from tocsin.model.result import MentionType

_TYPES = frozenset(get_args(MentionType))
_PEOPLE = frozenset({"military", "armed_group", "force", "person", "population", "unidentified"})
_MODIFIERS = ("amod", "compound", "flat", "nummod")  # parts of a phrase that its head stands for
_SEATS = frozenset({"state", "metonym", "igo", "government_body"})  # names that may be a place too, and are after "in"
_SEATED = frozenset({"media", "company", "ngo"})  # names whose seat the tables know
Basis = Literal["stated", "inferred"] | None
_CAPITALS = frozenset({"metonym"})
_MANY = 10  # "dozens", "hundreds" say how many; "several" does not
_VAGUE = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})  # "now", "recent": no time that a reader could look up
_PARTIES = frozenset(_TYPES - {"nationality", "place", "equipment", "personnel", "quantity", "money", "distance", "time"})


class MentionLayer:
    """Makes the layer of mentions; built once, from the tables."""

    def __init__(self, tables: Tables) -> None:
        units = tables.mapping("numbers/units.yaml")
        self._lengths = frozenset(units["length"])
        self._times = frozenset(units["time"])
        self._peoples = Peoples(tables)
        self._elsewhere = Elsewhere(tables)
        self._linking = Linking(tables)

    def of(self, note: Annotated) -> list[Mention]:
        """All mentions, by where they begin, the longer first."""
        linker = self._linking.linker(note)
        found = [m for sentence, token in nominals(note) for m in self._phrase(note, linker, sentence, token)]
        found = joined_titles([*found, *_runs(note, linker, found)], note.article.text)
        found += self._peoples.of(note, found)
        found += list(self._elsewhere.of(note, found))
        found += [m for number in note.numbers if (m := self._amount(note, number)) is not None]
        times = (t for t in note.times if t.value not in _VAGUE)
        found += [Mention(start=t.start, end=t.end, text=t.text, type="time", name=t.value) for t in times]
        distinct = dict.fromkeys(sorted(found, key=lambda m: (m.start, -m.end, m.type, m.id or "", m.name or "")))
        return list(distinct)

    def _phrase(self, note: Annotated, linker: Linker, sentence: Sentence, token: Token) -> Iterator[Mention]:
        entity = note.interpreter.entity(sentence, token)
        if entity.head != token.i:
            return
        named = entity.mention if entity.mention is not None and entity.mention.head == token.i else None
        if named is not None:
            yield from self._name(note, linker, sentence, token, entity, named)
        elif entity.materiel is not None:
            gear = entity.materiel
            if gear.designation or "weak" not in entity.types:  # "bus", "computer": equipment where told as military
                name = gear.designation or gear.class_
                yield Mention(start=gear.start, end=gear.end, text=gear.text, type="equipment", name=name)
        elif token.dep not in _MODIFIERS and not _other_run(note, sentence, token):
            for party in linker.parties(sentence, token):
                start, end = described_span(note, sentence, token, party)
                several = party.kind == "person" and token.tag in ("NNS", "NNPS")  # "Iraqi officials"
                kind: MentionType = "personnel" if several else party.kind
                basis = _basis(party.country, entity)
                yield Mention(start=start, end=end, text=note.article.text[start:end], country_basis=basis,
                              type=kind, id=party.id, name=party.name, country=party.country)
        if entity.count is not None and entity.materiel is None and entity.types & _PEOPLE:
            yield Mention(start=entity.start, end=entity.end, text=entity.text, type="personnel")

    def _name(
        self, note: Annotated, linker: Linker, sentence: Sentence, token: Token, entity: Entity, named: NameMention
    ) -> Iterator[Mention]:
        span = {"start": named.start, "end": named.end, "text": named.text}
        name, place = named.party, named.place
        if any(r.kind != "person" and r.first <= named.first and named.last < r.last for r in _runs_of(note, sentence)):
            name = name if name is not None and name.sort != "person" else None  # "the Assad University Hospital"
        if name is not None and self._stands_for_place(note, sentence, token, name):
            if name.sort in _CAPITALS and place is None:
                told = {"country": name.country, "country_basis": _stated(name.country)}
                yield Mention(**span, type="place", name=named.text, **told)
                return
            name, place = (None, name) if name.sort == "state" else (name if place is None else None, place)
        if name is not None:
            sort = "population" if name.sort == "nationality" and _members(sentence, token) else None
            parties = linker.parties(sentence, token)
            if parties or name.sort != "company":  # "the Volvo" is a car
                yield _named(name, span, parties, sort, entity)
        elif place is not None:
            told = {"country": place.country, "country_basis": _stated(place.country)}
            yield Mention(**span, type="place", id=place.id, name=place.name, **told)
        if named.equipment is not None and entity.materiel is not None:
            yield Mention(**span, type="equipment", id=named.equipment.id, name=named.equipment.name)

    @staticmethod
    def _stands_for_place(note: Annotated, sentence: Sentence, token: Token, name: Name) -> bool:
        if name.sort in _CAPITALS and _held_there(note, sentence, token):
            return True
        return name.sort in _SEATS and located(note, sentence, token)

    def _amount(self, note: Annotated, number: Number) -> Mention | None:
        """A count, a measured amount or a sum; durations belong to the times."""
        if number.ordinal is not None or number.weak or number.unit in self._times:
            return None
        if number.kind == "vague" and (number.min or 0) < _MANY:
            return None  # "several", "multiple"
        if number.unit is None and (number.max or _MANY) < _MANY and self._refers(note, number):
            return None
        if any(t.start <= number.core_start < t.end for t in note.times):
            return None
        kind: MentionType = "money" if number.is_money else "quantity"
        kind = "distance" if number.unit in self._lengths else kind
        return Mention(start=number.start, end=number.end, text=number.text, type=kind, name=number.unit)

    @staticmethod
    def _refers(note: Annotated, number: Number) -> bool:
        """ "our two countries", "the 2 leaders": the number tells which ones, not how many there are."""
        before = note.article.text[max(0, number.start - 12) : number.start].split()
        lexicon = note.interpreter.lexicon
        return bool(before) and before[-1].lower() in lexicon.words("definite") and number.start == number.core_start


def nominals(note: Annotated) -> Iterator[tuple[Sentence, Token]]:
    """The tokens that may head a phrase that stands for something."""
    for sentence in note.sentences:
        for token in sentence:
            if token.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X") or note.interpreter.mention(sentence, token):
                yield sentence, token


def located(note: Annotated, sentence: Sentence, token: Token) -> bool:
    """Whether a name stands where a place does: "in Syria", "from Syria and Iraq", "Aleppo, Syria"."""
    first = token
    while first.dep in ("conj", "appos") and first.head != first.i and sentence.tokens[first.head].pos == "PROPN":
        first = sentence.tokens[first.head]
    cases = case_of(sentence, first).split()
    if cases:
        return cases[0] != "of" and cases[0] in note.interpreter.lexicon.words("locative")
    above = note.interpreter.mention(sentence, sentence.tokens[token.head]) if token.dep in ("appos", "nmod") else None
    return above is not None and above.place is not None


def _held_there(note: Annotated, sentence: Sentence, token: Token) -> bool:
    """ "the London conference", "the Baghdad bombings": a capital before the noun of what was there, not of who acts."""
    above = sentence.tokens[token.head]
    plain = token.dep == "compound" and above.pos == "NOUN" and above.i > token.i and above.text.islower()
    return plain and note.interpreter.lexicon.role(sentence, above) is None


def _members(sentence: Sentence, token: Token) -> bool:
    """Whether a nationality is a noun for its people: "Syrians", "the French"."""
    plural = token.text.endswith("s") and token.tag in ("NNS", "NNPS", "NNP")
    return plural and token.dep not in ("amod", "compound")


def _runs(note: Annotated, linker: Linker, found: Iterable[Mention]) -> Iterator[Mention]:
    """Names in no table that no phrase has told yet."""
    for run in note.runs:
        sentence = note.sentences[run.sentence]
        tokens = sentence.tokens[run.first : run.last + 1]
        start, end = tokens[0].start, tokens[-1].end
        same = _PARTIES if run.kind != "place" else {"place"}
        if not any(m.start < end and start < m.end and m.type in same and m.end - m.start >= end - start for m in found):
            text = note.article.text[start:end]
            head = sentence.tokens[name_head(sentence, run.first, run.last)]
            if run.kind == "organisation" and linker.nobody(sentence, head):
                continue  # an act, a treaty
            parties = linker.parties(sentence, head)
            party = parties[0] if len(parties) == 1 and run.kind != "place" else None
            told = run.kind == "organisation" and (linker.tells_kind(run.name) or linker.explained(head))
            kind: MentionType = party.kind if party is not None and (told or party.kind == "media") else run.kind
            country = party.country if party is not None else None
            basis = _basis(country, note.interpreter.entity(sentence, head))
            yield Mention(start=start, end=end, text=text, type=kind, name=run.name, country=country, country_basis=basis)


def _other_run(note: Annotated, sentence: Sentence, token: Token) -> bool:
    """Whether a name in no table, which the phrase takes for a person's, is a place's or a body's."""
    if token.pos != "PROPN":
        return False
    if not token.text[:1].isupper() and not token.text.isascii():
        return True  # another script has no capitals to tell a name by
    kinds = {r.kind for r in _runs_of(note, sentence) if r.first <= token.i <= r.last}
    return bool(kinds) and "person" not in kinds


def _runs_of(note: Annotated, sentence: Sentence) -> Iterator[NameRun]:
    return (run for run in note.runs if run.sentence == sentence.index)


def _named(name: Name, span: dict[str, Any], parties: Sequence[Party], sort: str | None, entity: Entity) -> Mention:
    known = "state" if name.sort == "metonym" else name.sort if name.sort in _TYPES else "organisation"
    country = name.country or next((party.country for party in parties if party.country), None)
    basis = _stated(name.country) or (_stated(country) if name.sort in _SEATED else _basis(country, entity))
    told = {"id": name.id, "name": name.name, "country": country, "country_basis": basis}
    return Mention(**span, type=cast(MentionType, sort or known), **told)


def _stated(country: str | None) -> Basis:
    return None if country is None else "stated"


def _basis(country: str | None, entity: Entity) -> Basis:
    """Whether the words tell a country, or the article around them suggests it."""
    if country is None:
        return None
    return "stated" if country == "IGO" or country in entity.countries else "inferred"
