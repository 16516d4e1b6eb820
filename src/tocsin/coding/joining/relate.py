"""How the records of an article hang together, where its grammar says so.

In: the finished drafts. Out: the same drafts with relations: a launch is part of the drill "as part of" which it is told, a
denial denies the event below it or the charge before it, an event follows what stands behind "after". What would have to
be guessed from nearness stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token

_INSIDE = ("in", "during", "within", "as", "part of", "as part of")
_DRILL = "military_exercise"


def relate(drafts: Sequence[Draft], note: Annotated) -> None:
    """Add the relations of the drafts in place."""
    told = {anchor: draft for draft in drafts for anchor in draft.anchors}
    for draft in drafts:
        found = [*_denied(draft, drafts), *_charge(draft, drafts), *_inside(draft, drafts, told)]
        found += _followed(draft, told, note)
        known: set[tuple[str, int]] = set()
        for kind, other in found:
            if other is not draft and (kind, id(other)) not in known:
                known.add((kind, id(other)))
                draft.relations.append((kind, other))


def _denied(draft: Draft, drafts: Sequence[Draft]) -> list[tuple[str, Draft]]:
    """What stands below the verb of a denial."""
    if draft.subtype != "denial":
        return []
    clause = draft.candidate.clause
    return [
        ("denies", other)
        for other in drafts
        if other.status == "denied"
        and other.candidate.clause.sentence.index == clause.sentence.index
        and any(o.token.i == clause.token.i for o in other.candidate.clause.operators)
    ]


def _charge(draft: Draft, drafts: Sequence[Draft]) -> list[tuple[str, Draft]]:
    """ "denied the accusation": the last charge against the denier."""
    if draft.subtype != "denial":
        return []
    themes = [e for entities in draft.candidate.parts.values() for e in entities]
    if not any("allegation" in e.types and e.definite for e in themes):
        return []
    for other in reversed(drafts):
        charged = other.subtype == "accusation" and other.countries("about") & draft.countries("speaker")
        if charged and max(other.sentences) <= draft.candidate.clause.sentence.index:
            return [("denies", other)]
    return []


def _inside(
    draft: Draft, drafts: Sequence[Draft], told: dict[tuple[int, int], Draft]
) -> list[tuple[str, Draft]]:
    """The drill in or as part of which something is told: the one named there, else the last one before."""
    clause = draft.candidate.clause
    index = clause.sentence.index
    for argument in clause.get(*_INSIDE):
        for entity in argument.entities:
            if "drill" not in entity.types or (draft.type == _DRILL and not entity.definite):
                continue
            named = told.get((index, entity.head))
            if named is not None and named.type == _DRILL:
                return [("part_of", named)] if named is not draft else []
            before = [d for d in drafts if d.type == _DRILL and min(d.sentences) < index and d is not draft]
            if entity.definite and before and draft.type != _DRILL:
                return [("part_of", max(before, key=lambda d: max(s for s in d.sentences if s < index)))]
    return []


def _followed(draft: Draft, told: dict[tuple[int, int], Draft], note: Annotated) -> list[tuple[str, Draft]]:
    """What stands behind "after", "following", "in response to" is followed by the event."""
    clause = draft.candidate.clause
    sentence, words = clause.sentence, note.interpreter.lexicon.words("following")
    found = [told.get((sentence.index, e.head)) for a in clause.get(*words) for e in a.entities]
    for kid in _shared_clauses(sentence, clause.support or clause.token):
        if {m.lower for m in sentence.kids(kid, "mark")} & words:
            found.append(told.get((sentence.index, kid.i)))
    done = ("occurred", "ongoing")
    return [("follows", d) for d in found if d is not None and d.status in done and "speaker" not in d.roles]


def _shared_clauses(sentence: Sentence, verb: Token) -> list[Token]:
    """The adverbial clauses of a verb, and of the verbs of the same subject that it is coordinated with, where they stand
    behind all of them: "recalls its envoy and expels two others after the drones came"."""
    first = sentence.parent(verb) if verb.dep == "conj" else verb
    if first is None:
        return sentence.kids(verb, "advcl")
    joined = [first, *(k for k in sentence.kids(first, "conj") if not sentence.kids(k, "nsubj", "nsubj:pass"))]
    shared = [k for v in joined if v.i != verb.i for k in sentence.kids(v, "advcl") if k.i > max(j.i for j in joined)]
    return sentence.kids(verb, "advcl") + (shared if verb in joined else [])
