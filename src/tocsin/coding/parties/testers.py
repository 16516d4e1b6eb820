"""Whose a test was, where its own clause does not say: "North Korea stayed silent. The missile was fired from Sunan."

In: the drafts of a story and its annotated article. Out: tests that waited for their tester have one: the state in which
the missile was launched, where the article names it; else who is told to have tested right before or after; else the maker
of a missile known by name, where it is named. A test of which nobody tells more is dropped when the record is finished.
"""

from __future__ import annotations

from collections.abc import Set

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity, party_of
from tocsin.model import Party

_REACH = 2  # sentences to another test, or to the word that shows a test
_STATES = frozenset({"state", "nationality"})
_ORGANS = frozenset({"military", "government_body"})  # who says it, where the state itself is not named
_ABOUT_TESTS = frozenset({"test_word", "flight_word"})
_HITS = frozenset({"attack", "missile_strike", None})
_OF_WAR = frozenset({"attack", "war_sign"})


def waiting(draft: Draft) -> bool:
    """Whether a draft is of a test whose tester is not told yet."""
    return draft.type == "weapons_test" and not draft.roles["tester"]


def find_testers(drafts: list[Draft], note: Annotated) -> None:
    """Give tests without a tester the one that the words around them tell, in place."""
    tests = [d for d in drafts if d.type == "weapons_test" and d.roles["tester"]]
    for draft in drafts:
        told = draft.places or draft.time.basis == "stated" or draft.materiel
        if not waiting(draft) or not told or _other_shot(draft, tests, note):
            continue
        near = [d for d in tests if _gap(draft, d) <= _REACH and d.status == draft.status]
        fought = any(d.type == "armed_incident" and _gap(draft, d) <= _REACH and not impact_of(draft, d) for d in drafts)
        if not fought and (near or _shows_test(draft, note)):
            draft.roles["tester"] = _by_place(draft, note) or _beside(draft, near) or _maker(draft, note)


def impact_of(test: Draft, incident: Draft) -> bool:
    """Whether an incident is only where a tested missile came down: told with it, or of "it" right after it, and on nobody
    else's soil."""
    if test.type != "weapons_test" or incident.type != "armed_incident":
        return False
    after = min(incident.sentences) - max(test.sentences) == 1 and incident.subtype in _HITS and _of_it(incident)
    if not (after or set(test.sentences) & set(incident.sentences)):
        return False
    own = test.countries("tester") or {p.country for p in test.places if p.country and p.role != "destination"}
    hurt = incident.casualties.killed or incident.casualties.wounded
    return not hurt and all(p.country in own for parties in incident.roles.values() for p in parties if p.country)


def _of_it(incident: Draft) -> bool:
    """Whether what hits is told as "it", "they", "the missile"."""
    clause = incident.candidate.clause
    things = [e for a in clause.get("subj") for e in a.entities]
    return bool(things) and all(e.lemma in ("it", "they") or (e.definite and "missile" in e.types) for e in things)


def without_impacts(drafts: list[Draft]) -> list[Draft]:
    """The drafts without those that only tell where a tested missile came down."""
    tests = [d for d in drafts if d.type == "weapons_test" and d.roles["tester"] and d.status == "occurred"]
    return [d for d in drafts if not any(impact_of(test, d) for test in tests)]


def _gap(one: Draft, other: Draft) -> int:
    """Sentences between two drafts."""
    return min(abs(i - j) for i in one.sentences for j in other.sentences)


def _other_shot(draft: Draft, tests: list[Draft], note: Annotated) -> bool:
    """Whether words for a test are of another than those told: "a previous launch", "the six launches" after two."""
    clause = draft.candidate.clause
    own = [note.interpreter.entity(clause.sentence, clause.token)] if clause.kind == "noun" else []
    things: list[Entity] = own + list(draft.candidate.parts.get("theme") or [])
    words = note.interpreter.lexicon.words("earlier_words")
    heads = [note.sentences[e.sentence].tokens[e.head] for e in things]
    earlier = any(k.lower in words for h in heads for k in clause.sentence.kids(h, "amod", "det"))
    before = any(max(t.sentences) < draft.sentences[0] for t in tests)
    return earlier or (before and any(e.definite for e in things))


def _by_place(draft: Draft, note: Annotated) -> list[Party]:
    """The state in which the place lies that the missile came from, by the nearest words that name it."""
    countries = {p.country for p in draft.places if p.role != "destination" and p.precision != "sea" and p.country}
    return _named(draft, countries, note, len(note.sentences)) if len(countries) == 1 else []


def _beside(draft: Draft, tests: list[Draft]) -> list[Party]:
    """Who is told to have tested in the sentences around."""
    states = {c for d in tests for c in d.countries("tester")}
    return list(min(tests, key=lambda d: _gap(draft, d)).roles["tester"]) if len(states) == 1 else []


def _maker(draft: Draft, note: Annotated) -> list[Party]:
    """The maker of a missile that has a name, where the sentences around name that state."""
    gear = [e.materiel for e in draft.candidate.parts.get("theme") or [] if "strategic_missile" in e.types]
    makers = {g.origin for g in gear if g is not None and g.origin}
    return _named(draft, makers, note, _REACH) if len(makers) == 1 else []


def _named(draft: Draft, countries: Set[str | None], note: Annotated, reach: int) -> list[Party]:
    """The nearest mention of a state of these, else of an organ of it."""
    index = draft.sentences[0]
    found = []
    for mention in note.mentions:
        gap = abs(mention.sentence - index)
        for name in mention.parties if gap <= reach else ():
            if name.sort in _STATES | _ORGANS and name.country in countries:
                party = party_of(name, mention.start, mention.end, mention.text)
                found.append((name.sort in _ORGANS, gap, mention.start, party))
    return [min(found, key=lambda item: item[:3])[3]] if found else []


def _shows_test(draft: Draft, note: Annotated) -> bool:
    """Whether the words around tell of a test or a flight, or the weapon is one that is tried by its name; and of no war."""
    lexicon, index = note.interpreter.lexicon, draft.sentences[0]
    near = note.sentences[max(index - _REACH, 0) : index + _REACH + 1]
    words = [(s, t) for s in near for t in s if t.pos in ("NOUN", "PROPN", "VERB")]
    types = {kind for s, t in words for kind in lexicon.noun_types(s, t)}
    things = draft.candidate.parts.get("theme") or []
    tried = any(e.lemma == "projectile" or (e.materiel is not None and e.materiel.family) for e in things)
    spoken = any(t.lemma in lexicon.words("dated_test_nouns") for _, t in words if t.pos == "NOUN")
    return bool(types & _ABOUT_TESTS) or ((tried or spoken) and not types & _OF_WAR)
