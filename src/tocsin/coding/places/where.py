"""Where an event was, beyond the slots that name places: what was hit or taken, and the phrases below its words.

In: a candidate and the annotated article. Out: places of the article, the nearest to the event's own words first. Who did
it is never where it was; a place below another predicate that tells an event of its own is not this event's.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.matching.candidate import Candidate
from tocsin.language.annotate import Annotated
from tocsin.language.lexicon import Lexicon
from tocsin.language.phrases.entities import PlaceRef
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party
from tocsin.syntax import Clause

_DEPTH = 6  # steps below the predicate


def of_parts(candidate: Candidate, parts: tuple[str, ...], note: Annotated) -> Iterator[PlaceRef]:
    """Places that fill parts of the event by themselves: a town that is taken, a base that is hit, embassies in A and B."""
    doers = {(p.start, p.end) for p in next(iter(candidate.roles.values()), [])}
    for part in parts:
        for entity in candidate.parts.get(part, []):
            if entity.place is not None and (entity.start, entity.end) not in doers:
                yield entity.place
                yield from _listed_with(entity.place, candidate.clause.sentence, note)


def _listed_with(place: PlaceRef, sentence: Sentence, note: Annotated) -> Iterator[PlaceRef]:
    """The places that follow one in a list ("embassies in A and B")."""
    heads = [t for t in sentence if place.start <= t.start < place.end]
    for kid in (k for t in heads for k in sentence.kids(t, "conj")):
        other = note.interpreter.entity(sentence, kid).place
        if other is not None and other.country:
            yield other


def firing_from(candidate: Candidate) -> set[int]:
    """Where words begin that tell where somebody fires from, not where it hits: "militants in X fired rockets at a farm".
    None where the frame's deed is done on the spot."""
    clause = candidate.clause
    if not candidate.frame.raw.get("afar"):
        return set()
    return {t.start for a in clause.get("subj") for t in clause.sentence.subtree(a.token)}


def below(clause: Clause, parties: list[Party], note: Annotated, start: bool = False) -> Iterator[PlaceRef]:
    """Places in phrases with a locative preposition below an event's predicate, by depth ("outside a bar in X"), but for
    those below who did it. With ``start`` also those behind "from": where a missile was fired is where the test was."""
    sentence, lexicon = clause.sentence, note.interpreter.lexicon
    doers = [(p.start, p.end) for p in parties]
    level = [clause.token] + ([clause.support] if clause.support is not None else [])
    above = sentence.parent(clause.token)
    if above is not None and clause.token.tag == "VBG" and clause.token.dep == "advcl":
        level.append(above)  # "blew himself up at a gate in X, killing ten"
    for _ in range(_DEPTH):
        following: list[Token] = []
        for token in level:
            for kid in sentence.kids(token):
                following.append(kid)
                if any(start <= kid.start < end for start, end in doers):
                    continue
                lone = kid.tag == "VBN" or (kid.dep == "conj" and not sentence.kids(kid, "nsubj"))
                hurt = lone and kid.lemma in lexicon.words("hurt_verbs")  # "ten dead and five injured in X"
                if not hurt and _of_its_own(sentence, kid):
                    following.pop()
                    continue
                place = note.interpreter.entity(sentence, kid).place if kid.pos in ("NOUN", "PROPN") else None
                case = " ".join(t.lower for t in sentence.kids(kid, "case"))
                named = case in lexicon.words("locative") or (case == "of" and token.lemma in lexicon.words("place_nouns"))
                named = named and (start or case != "from")
                named = named and not (case == "of" and _owned(sentence, token, place, lexicon))
                if place is not None and place.country and named and place.precision != "border":
                    yield place
        level = following


def shared(clause: Clause, note: Annotated) -> Iterator[PlaceRef]:
    """ "In X, a force stopped a car and detained two men": what opens the sentence is the place of each of its verbs."""
    sentence, token = clause.sentence, clause.token
    above = sentence.parent(token)
    if above is None or token.dep != "conj" or sentence.kids(token, "nsubj", "nsubj:pass"):
        return
    words = note.interpreter.lexicon.words
    inside = above.lemma in words("entering_verbs")  # "moved into a house in X and detained two men"
    there = [k for t in sentence.kids(above, "obj", "obl") for k in (t, *sentence.kids(t, "nmod"))] if inside else []
    for kid in [*sentence.kids(above, "obl"), *there]:
        case = " ".join(t.lower for t in sentence.kids(kid, "case"))
        place = note.interpreter.entity(sentence, kid).place if kid.i < above.i or kid in there else None
        if place is not None and place.country and case in note.interpreter.lexicon.words("locative") and case != "from":
            yield place


def _owned(sentence: Sentence, token: Token, place: PlaceRef | None, lexicon: Lexicon) -> bool:
    """ "outside embassies of X in Y": X is whose they are."""
    land = place is not None and place.precision == "country" and token.lemma not in lexicon.words("place_nouns")
    return land and bool(lexicon.noun_types(sentence, token) & {"building", "base"})


def _of_its_own(sentence: Sentence, token: Token) -> bool:
    """Whether a token heads a clause that tells something else."""
    if token.pos == "VERB" and token.dep in ("ccomp", "parataxis", "conj"):
        return True
    return token.dep == "nmod:poss"
