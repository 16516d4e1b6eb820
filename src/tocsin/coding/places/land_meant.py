"""In whose land an event was, where words without a name of their own tell it: "the border", "its air defence zone", the
ports that are blocked, the people that is attacked, the government overthrown, the land of a truce or of who expels.

In: a finished draft without a place, the annotated article. Out: its place with the words that show it, or none. A border is
that of the side threatened there, else of the one whose troops stand at it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.draft import Draft
from tocsin.coding.parties.on_crowds import OWN_FORCES, is_crowd
from tocsin.coding.places.slot import facts, to_place
from tocsin.coding.places.told_elsewhere import story_of
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Words
from tocsin.language.phrases.noun_phrases import case_of, is_bare
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventPlace
from tocsin.model.base import Precision
from tocsin.model.record import PlaceRole

_DEPTH = 4  # steps below an event's word
_BACK = 1  # sentences before that may have named a land


def land_meant(draft: Draft, note: Annotated, states: dict[str, str]) -> EventPlace | None:
    """The place of a draft by the land that its words mean."""
    for index, token in draft.anchors:
        sentence = note.sentences[index]
        event = sentence.tokens[token]
        found = (
            at_border(draft, sentence, event, note)
            or _shut_in(draft, sentence, event, note)
            or _zone_entered(draft, sentence, note)
            or _people_hit(draft, sentence, event, note, states)
            or _pointed(draft, sentence, event, note)
        )
        if found is not None:
            return found
    return (
        _crowd_at_home(draft, note, states)
        or _overthrown(draft, states)
        or _expelled_from(draft, states)
        or _truce_in(draft, note)
    )


def at_border(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "moved tanks to the border": that of the side that they are against or that tells of it, else of who is there."""
    if draft.type not in ("deployment", "armed_incident") or (draft.type == "armed_incident" and draft.subtype != "clash"):
        return None
    own = {p.country for role in ("force", "initiator") for p in draft.roles.get(role, [])} - {None, "IGO"}
    threatened = {p.country for p in draft.roles.get("against", [])} | {s.country for s in draft.attribution}
    threatened -= {None, "IGO", *own}
    sides = threatened or own
    if len(sides) != 1:  # a line between two sides that are both named
        return None
    (country,) = sides
    words = note.interpreter.lexicon.words
    for noun in below_event(sentence, event):
        before = noun.dep == "compound" and noun.head == event.i
        case = case_of(sentence, noun)
        guarded = noun.dep == "obj" and sentence.tokens[noun.head].lemma in words("guarding_verbs")  # "to secure the border"
        if noun.lemma in words("border_nouns") and (before or guarded or case in words("border_prepositions")):
            return place_by(note.interpreter.entity(sentence, noun), country, "border")
    return _owned_border(sentence, own, note) if draft.subtype == "withdraw" else None


def _owned_border(sentence: Sentence, own: set[str | None], note: Annotated) -> EventPlace | None:
    """ "N's borders are calm, but no troops have left": the one border of another state that a sentence names."""
    nouns = [t for t in sentence if t.lemma in note.interpreter.lexicon.words("border_nouns")]
    owners = [k for t in nouns for k in sentence.kids(t, "nmod:poss")]
    states = {p.country for k in owners for p in note.interpreter.entity(sentence, k).parties} - {None, "IGO", *own}
    if len(nouns) != 1 or len(states) != 1:
        return None
    return place_by(note.interpreter.entity(sentence, nouns[0]), states.pop(), "border")


def _shut_in(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "has blocked all ports": they are the target's."""
    targets = {p.country for p in draft.roles.get("target", [])} - {None, "IGO"}
    if draft.subtype != "blockade" or len(targets) != 1:
        return None
    for noun in sentence.kids(event, "obj", "nsubj:pass", "nmod"):
        if noun.lemma in note.interpreter.lexicon.words("fixed_nouns"):
            return place_by(note.interpreter.entity(sentence, noun), targets.pop(), "region")
    return None


def _zone_entered(draft: Draft, sentence: Sentence, note: Annotated) -> EventPlace | None:
    """ "scrambled jets after aircraft entered its air defence zone": there, where the zone is that of the force."""
    forces = {p.country for p in draft.roles.get("force", [])} - {None, "IGO"}
    if draft.type != "deployment" or len(forces) != 1:
        return None
    words = note.interpreter.lexicon.words
    for verb in sentence:
        for noun in sentence.kids(verb, "obj") if verb.lemma in words("crossing_verbs") else ():
            owned = any(k.lower in words("pronouns_thing") for k in sentence.kids(noun, "nmod:poss"))
            if owned and noun.lemma in words("fixed_nouns"):
                return place_by(note.interpreter.entity(sentence, noun), forces.pop(), "region")
    return None


def _people_hit(
    draft: Draft, sentence: Sentence, event: Token, note: Annotated, states: dict[str, str]
) -> EventPlace | None:
    """ "strikes against the Kenyan people": a people as a whole is hit at home."""
    targets = {p.country for p in draft.roles.get("target", [])}
    country = next(iter(targets), None)
    if draft.type != "armed_incident" or len(targets) != 1 or country not in states:
        return None
    for noun in below_event(sentence, event):
        whole = noun.lemma in note.interpreter.lexicon.words("whole_peoples") and not sentence.kids(noun, "nummod")
        whole = whole and any(k.lower == "the" for k in sentence.kids(noun, "det"))
        named = [m for m in note.mentions if m.parties]
        if whole and any(m.start <= k.start < m.end for k in sentence.kids(noun, "amod") for m in named):
            return place_by(note.interpreter.entity(sentence, noun), country, "country", states[country])
    return None


def _pointed(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "withdrew from the region", "the ground they held there": the one land named here or in the sentence before."""
    words = note.interpreter.lexicon.words
    pointer = next((t for t in below_event(sentence, event) if _is_pointer(sentence, t, words("pointing_lands"))), None)
    if draft.type not in ("deployment", "armed_incident") or pointer is None:
        return None
    doers = {p.country for p in next(iter(draft.roles.values()), [])}
    for one in reversed([s for s in story_of(draft, note) if 0 <= sentence.index - s.index <= _BACK]):
        told = [t for t in note.toponyms if one.start <= t.start < min(one.end, pointer.start)]
        told = [t for t in told if t.referent.country not in (None, *doers)]
        if told:
            lands = {t.referent.country for t in told}
            last = told[-1]
            fields = facts(last, note)
            if len(lands) > 1:
                return None
            return EventPlace(start=last.start, end=last.end, text=last.text, **fields, role="site")
    return None


def _crowd_at_home(draft: Draft, note: Annotated, states: dict[str, str]) -> EventPlace | None:
    """ "the Burmese army's violence against protesters": where the army and the people of one land are named by it alone."""
    doers, hit = (draft.roles.get(role, []) for role in ("initiator", "target"))
    lands = {p.country for p in (*doers, *hit)}
    if draft.type != "armed_incident" or not (doers and hit) or len(lands) != 1 or not lands <= states.keys():
        return None
    if not all(p.kind in OWN_FORCES for p in doers) or not all(p.id is None and is_crowd(p, draft, note) for p in hit):
        return None
    country = str(doers[0].country)
    return place_by(doers[0], country, "country", states[country])


def _is_pointer(sentence: Sentence, token: Token, lands: frozenset[str]) -> bool:
    """ "there" that is no subject, or a bare "the region" behind a preposition."""
    if token.lower == "there":
        return token.dep == "advmod"
    bare = is_bare(sentence, token)
    the = any(k.lower in ("the", "that", "this") for k in sentence.kids(token, "det"))
    return token.lemma in lands and token.tag == "NN" and bare and the and bool(case_of(sentence, token))


def _overthrown(draft: Draft, states: dict[str, str]) -> EventPlace | None:
    """A coup is in the land of the government overthrown, else of the forces that rise."""
    sides = draft.roles.get("target") or [p for p in draft.roles.get("initiator", []) if p.kind == "military"]
    sides = [p for p in sides if p.country in states and p.text[:1].isupper()]  # no pronoun
    if draft.subtype != "coup" or len({p.country for p in sides}) != 1:
        return None
    return place_by(sides[0], sides[0].country, "country", states[sides[0].country or ""])


def _expelled_from(draft: Draft, states: dict[str, str]) -> EventPlace | None:
    """ "N expelled five diplomats": from its own land."""
    senders = draft.roles.get("sender", [])
    country = senders[0].country if len(senders) == 1 else None
    if draft.subtype != "expulsion" or country not in states:
        return None
    return place_by(senders[0], country, "country", states[country], role="origin")


def _truce_in(draft: Draft, note: Annotated) -> EventPlace | None:
    """ "Armed groups ceased fighting" in an article on "the ceasefire in X": there, where no other truce is told of."""
    if draft.subtype != "ceasefire":
        return None
    told = []
    for sentence in story_of(draft, note):
        for noun in sentence:
            if "ceasefire" in note.interpreter.lexicon.noun_types(sentence, noun) and noun.pos in ("NOUN", "PROPN"):
                lands = [k for k in sentence.kids(noun, "nmod", "obl") if case_of(sentence, k) == "in"]
                told += [found for k in lands if (found := toponym_at(sentence, k, note)) is not None]
    return told[0] if len({p.country for p in told}) == 1 else None


def toponym_at(sentence: Sentence, noun: Token, note: Annotated) -> EventPlace | None:
    """The place named by a phrase."""
    named = note.interpreter.entity(sentence, noun).place
    if named is not None and named.country:
        return to_place(named, "site")
    start, end = noun.start, noun.end
    for kid in sentence.subtree(noun):
        start, end = min(start, kid.start), max(end, kid.end)
    found = next((t for t in note.toponyms if start <= t.start < end and t.referent.country), None)
    if found is None:
        return None
    return EventPlace(start=found.start, end=found.end, text=found.text, **facts(found, note), role="site")


def below_event(sentence: Sentence, event: Token) -> Iterator[Token]:
    """The words below an event's word, the nearest first; not those of what is said or told besides."""
    level = [event]
    for _ in range(_DEPTH):
        level = [k for t in level for k in sentence.kids(t) if k.dep not in ("ccomp", "parataxis", "conj", "nsubj")]
        yield from level


def place_by(
    words: Words, country: str | None, precision: Precision, name: str | None = None, role: PlaceRole = "site"
) -> EventPlace:
    """A place under the words that tell it."""
    return EventPlace(
        text=words.text, start=words.start, end=words.end, name=name or words.text, country=country,
        precision=precision, role=role,
    )  # fmt: skip
