"""Where and when a weapons test was, where later words tell it: "The launches were detected from near X at 10:48".

In: a sentence, its clauses and what the article has told so far. Out: places, the day and the sentence added to the last
test that the words point back to. A later phrase for a test has no tester of its own, so no frame makes a record of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.coding.draft import Draft
from tocsin.coding.joining.apart import overlap
from tocsin.coding.parties.testers import waiting
from tocsin.coding.places.slot import to_place
from tocsin.coding.slots.counts import count_of
from tocsin.coding.times.event_time import stated_time
from tocsin.coding.times.when import attached_time
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity, PlaceRef
from tocsin.syntax import Argument, Clause

_REACH = 3  # sentences between a test and later words for it
_SHOTS = frozenset({"missile", "projectile", "strategic_missile"})
_COARSE = frozenset({"country", "sea"})

Select = Callable[[Clause, str], list[Argument]]


def add_details(clauses: list[Clause], drafts: list[Draft], note: Annotated, select: Select) -> None:
    """Add to the last test what the clauses of a sentence tell of it."""
    tests = [d for d in drafts if d.type == "weapons_test" and d.status == "occurred"]
    if not clauses or not tests:
        return
    last, index = tests[-1], clauses[0].sentence.index
    if index in last.sentences:
        for clause in clauses:
            _date(last, clause, note)
        return
    if index - max(last.sentences) > _REACH:
        return
    for clause in clauses:
        if _points_back(clause, last, note):
            places = [to_place(place, role) for place, role in _sites(clause, note, select)]
        else:
            places = [to_place(place, "site") for place in _location(clause, last, note)]
        day = attached_time(clause, note) if places and last.time.basis != "stated" else None
        if day is not None and day.earliest is not None:
            last.time = stated_time(day, last.status)
        fresh = [p for p in places if p.name not in {q.name for q in last.places}]
        if fresh:
            last.places += fresh
            last.sentences.append(index)


def told_again(draft: Draft, drafts: list[Draft], note: Annotated) -> bool:
    """Whether a test without a tester of its own is the one told before ("The missiles were fired from X"): no new one."""
    tests = [d for d in drafts if d.type == "weapons_test" and d.status == "occurred"]
    if not waiting(draft) or not tests or draft.sentences[0] - max(tests[-1].sentences) > _REACH:
        return False
    return _points_back(draft.candidate.clause, tests[-1], note)


def _date(draft: Draft, clause: Clause, note: Annotated) -> None:
    """ "Tested two missiles, fired on 3 May": a participle below the weapon has the day of the test."""
    above = clause.sentence.parent(clause.token)
    if draft.time.basis == "stated" or clause.token.dep not in ("acl", "advcl") or clause.token.tag != "VBN":
        return
    if above is None or clause.lemma not in note.interpreter.lexicon.words("launch_verbs"):
        return
    weapons = {e.head for e in draft.candidate.parts.get("theme") or []}
    expression = attached_time(clause, note)
    if expression is not None and (above.i in weapons or clause.token.dep == "advcl"):
        draft.time = stated_time(expression, draft.status)


def _points_back(clause: Clause, test: Draft, note: Annotated) -> bool:
    """Whether a clause tells more of a test: of "the launch", "these tests", "the missiles"."""
    words = note.interpreter.lexicon.words
    if clause.negated or clause.modality != "none" or clause.tense in ("future", "infinitive"):
        return False
    if clause.kind == "noun":
        noun = note.interpreter.entity(clause.sentence, clause.token)
        doers = {c for a in clause.get("subj") for e in a.entities for c in e.countries}
        own = not clause.get("subj") or (bool(doers) and doers <= test.countries("tester"))
        return clause.lemma in words("test_nouns") and own and _of_test(noun, clause, test, note)
    if clause.lemma not in words("siting_verbs") | words("detecting_verbs"):
        return False
    doers = {c for a in clause.get("subj") for e in a.entities for c in e.countries}
    if clause.lemma in words("siting_verbs") and doers - test.countries("tester"):
        return False
    return any(_of_test(e, clause, test, note) for a in clause.get("obj", "subj") for e in a.entities)


def _of_test(entity: Entity, clause: Clause, test: Draft, note: Annotated) -> bool:
    """Whether a phrase can mean the test: "the launch", or as many missiles as it fired, told right after it."""
    words = note.interpreter.lexicon.words
    if entity.sentence != clause.sentence.index:
        return False
    if entity.lemma not in words("test_nouns") and not entity.types & _SHOTS:
        return False
    head = clause.sentence.tokens[entity.head]
    told_apart = words("earlier_words") | words("other_words") | words("fresh_adjectives")
    if any(k.lower in told_apart for k in clause.sentence.kids(head, "amod", "det", "nummod")):
        return False
    if entity.countries - test.countries("tester"):
        return False
    count = count_of(entity, clause.sentence, note.interpreter.lexicon)
    shots = [m.count for m in test.materiel if m.count.min is not None]
    agrees = any(overlap(count, shot) for shot in shots)
    single = head.tag in ("NN", "NNP") or count.min is None  # "the launch" may be of two missiles
    if entity.definite or head.dep == "compound":
        return single or agrees or not shots
    return count.min is not None and agrees and clause.passive and clause.sentence.index - max(test.sentences) == 1


def _location(clause: Clause, test: Draft, note: Annotated) -> Iterator[PlaceRef]:
    """ "The location of the test was X", "identified the launch site as X"."""
    nouns = note.interpreter.lexicon.words("location_nouns")
    sentence = clause.sentence
    named = [a.token for a in clause.get("subj", "obj") if a.token.lemma in nouns]
    named += [o.token for o in clause.operators[:1] if o.lemma in nouns]
    below = [k for t in named for k in sentence.kids(t, "nmod", "compound")]
    if clause.negated or not any(_of_test(note.interpreter.entity(sentence, k), clause, test, note) for k in below):
        return
    found = [e for a in clause.get("to", "as", "at", "in") for e in a.entities]
    if clause.lemma.startswith("be "):
        found.append(note.interpreter.entity(sentence, clause.token))
    yield from (e.place for e in found if e.place is not None and e.place.precision not in _COARSE)


def _sites(clause: Clause, note: Annotated, select: Select) -> Iterator[tuple[PlaceRef, str]]:
    """Places that the clause gives: of what is detected only those that it came from."""
    words = note.interpreter.lexicon.words
    fired = clause.lemma in words("launch_verbs")
    where = words("locative") - words("aimed_prepositions") - ({"at"} if fired else set())
    detected = clause.lemma in words("detecting_verbs")
    for slot in [s for s in clause.args if s.split(" ")[0] in where | {"just"}]:
        origin = slot.startswith("from")
        if detected and not (origin or slot.startswith("near")):
            continue
        nested = [a for inner in ("in", "at", "near") for a in select(clause, f"{slot}.{inner}")]
        for argument in [*clause.get(slot), *nested]:
            for entity in argument.entities:
                if entity.place is not None and entity.place.precision not in _COARSE:
                    yield entity.place, "origin" if origin else "site"
