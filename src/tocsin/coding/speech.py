"""Who is meant by a statement, and for whom its speaker speaks, where the statement's own slots do not tell.

In: the drafts of a sentence and those before it. Out: the same drafts; a statement about "the attack" names who attacked, a
promise names the only other party in it, a general quoted from "a defence ministry statement" has his ministry's country.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.coding.frames import FrameSet
from tocsin.coding.merge import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party
from tocsin.syntax import Clause, said

_REACH = 6  # sentences between "the attack" and the attack
_NO_SIDE = frozenset({"media", "company", "population"})
_BACK = 3  # sentences between an official and the state that acts


def complete_speech(fresh: Sequence[Draft], told: Sequence[Draft], note: Annotated, frames: FrameSet) -> list[Draft]:
    """Fill in what statements of a sentence leave open; those that must be about somebody and are not fall away."""
    for draft in fresh:
        if "speaker" not in draft.roles:
            continue
        draft.roles["speaker"] = [_at_home(p, draft.candidate.clause, note) for p in draft.roles["speaker"]]
        how = draft.candidate.frame.raw.get("meant")
        if how is None or draft.roles["addressee"] or draft.roles["about"]:
            continue
        found: Iterable[Party] = ()
        if how == "doer":
            found = _doers(draft, fresh, frames) or _of_the_attack(draft, told)
        elif how == "charger":
            found = _chargers(draft, [*told, *fresh])
        elif how == "party":
            found = _only_other(draft, note)
        own = {p.country or p.id for p in draft.roles["speaker"]}
        draft.roles["about"] = [p for p in found if (p.country or p.id or p.name) not in own]
    return [d for d in fresh if not d.candidate.frame.raw.get("need_meant") or d.roles["addressee"] or d.roles["about"]]


def _doers(draft: Draft, fresh: Sequence[Draft], frames: FrameSet) -> list[Party]:
    """Who does what the statement is about: the first role of an event told below it."""
    below = {t.i for t in said(draft.candidate.clause)}
    for other in fresh:
        if other is not draft and "speaker" not in other.roles and other.candidate.clause.token.i in below:
            doers = other.roles[frames.types[other.type].principal[0]]
            if doers and other.status in ("occurred", "ongoing"):
                return list(doers)
    return []


def _of_the_attack(draft: Draft, told: Sequence[Draft]) -> list[Party]:
    """ "condemned the attack": who attacked, by the last attack told."""
    entities = [e for part in draft.candidate.parts.values() for e in part]
    if not any(e.definite and "attack" in e.types and not e.parties for e in entities):
        return []
    index = draft.candidate.clause.sentence.index
    for earlier in reversed(told):
        if earlier.type == "armed_incident" and index - max(earlier.sentences) <= _REACH:
            return [p for p in earlier.roles["initiator"] if p.country or p.id]
    return []


def _chargers(draft: Draft, told: Sequence[Draft]) -> list[Party]:
    """ "denied the charge": who accused the denier last."""
    themes = [e for entities in draft.candidate.parts.values() for e in entities]
    if not any("allegation" in e.types for e in themes):
        return []
    for earlier in reversed(told):
        if earlier.subtype == "accusation" and earlier.countries("about") & draft.countries("speaker"):
            return list(earlier.roles["speaker"])
    return []


def _only_other(draft: Draft, note: Annotated) -> list[Party]:
    """The only party in the words of a statement that is not its speaker's own and not merely a place."""
    sentence = draft.candidate.clause.sentence
    own = {p.country for p in draft.roles["speaker"]}
    found: dict[str, Party] = {}
    beside = _occasion(draft.candidate.clause, note)
    for token in said(draft.candidate.clause):
        if token.i in beside:
            continue
        if token.lower in note.interpreter.lexicon.words("pronouns_self"):
            continue
        if token.pos not in ("NOUN", "PROPN", "ADJ", "PRON") or _only_place(sentence, token, note):
            continue
        for party in note.interpreter.entity(sentence, token).parties:
            counts = party.country or party.kind == "armed_group"
            if counts and party.kind not in _NO_SIDE and (party.country or party.id) not in own:
                found.setdefault(party.country or party.id or party.name, party)
    return list(found.values()) if len(found) == 1 else []


def _occasion(clause: Clause, note: Annotated) -> set[int]:
    """The words of where and at what meeting something is said ("in a call with N")."""
    sentence = clause.sentence
    outside = note.interpreter.lexicon.words("inside_prepositions") | {"with"}
    phrases = [
        k for k in sentence.kids(clause.token, "obl") if {c.lower for c in sentence.kids(k, "case")} & outside
    ]
    return {t.i for k in phrases for t in sentence.subtree(k)}


def _only_place(sentence: Sentence, token: Token, note: Annotated) -> bool:
    cases = {k.lower for k in sentence.kids(token, "case")}
    return bool(cases & note.interpreter.lexicon.words("locative") - {"of", "to"})


def _at_home(party: Party, clause: Clause, note: Annotated) -> Party:
    """An official of no named country who speaks in "a defence ministry statement" speaks for the state that acts in the
    sentences before."""
    if party.country or party.kind != "person" or party.sector not in ("MIL", "GOV"):
        return party
    sentence = clause.sentence
    for argument in clause.get("in", "at", "through", "subj"):
        for token in sentence.subtree(argument.token):
            role = note.interpreter.lexicon.role(sentence, token)
            if role is not None and role[0].kind in ("government_body", "military"):
                actor = note.interpreter.discourse.actor_before(sentence.index, _BACK)
                return party if actor is None else party.model_copy(update={"country": actor.country})
    return party
