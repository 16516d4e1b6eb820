"""The bomb of a bombing, where other words than those of the attack name it.

In: the merged incidents of an article. Out: incidents with a line of materiel for "a man died when a bomb exploded" and for
"the bombs", which in an article of one bombing can only be those that were used.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.slots.equipment import line_of
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token

_GENERAL = frozenset({"attack", "bombing", None})


def add_bombs(drafts: list[Draft], note: Annotated) -> None:
    """Add the lines, in place."""
    incidents = [d for d in drafts if d.type == "armed_incident" and d.status == "occurred" and d.subtype in _GENERAL]
    for draft in incidents:
        if not draft.materiel and draft.candidate.clause.kind == "verb":
            _when_it_exploded(draft, note)
    bombings = [d for d in incidents if d.subtype == "bombing"]
    if len(bombings) == 1 and not bombings[0].materiel:
        _told_later(bombings[0], note)


def _when_it_exploded(draft: Draft, note: Annotated) -> None:
    """ "Three were killed when a bomb exploded": the clause below the toll tells by what, and what kind of attack it was."""
    clause = draft.candidate.clause
    for verb in clause.sentence.kids(clause.token, "advcl"):
        if verb.lemma not in note.interpreter.lexicon.words("exploding_verbs"):
            continue
        for subject in clause.sentence.kids(verb, "nsubj", "nsubj:pass"):
            entity = _bomb(clause.sentence, subject, note)
            if entity is not None:
                _add(draft, entity, note)
                draft.subtype = "bombing"
                return


def _told_later(draft: Draft, note: Annotated) -> None:
    """ "The bombs went off at once": the first phrase for them from the attack onward."""
    for sentence in note.sentences[min(draft.sentences) :]:
        for token in sentence:
            entity = _bomb(sentence, token, note)
            if entity is not None and entity.definite:
                _add(draft, entity, note)
                return


def _bomb(sentence: Sentence, token: Token, note: Annotated) -> Entity | None:
    """What a token stands for if it is a bomb; "bomb factory", "car bomb attack" are none."""
    if token.pos != "NOUN" or token.lemma != "bomb" or token.dep == "compound":
        return None
    entity = note.interpreter.entity(sentence, token)
    return entity if entity.materiel is not None and entity.materiel.class_ == "explosive" else None


def _add(draft: Draft, entity: Entity, note: Annotated) -> None:
    line = line_of(entity, note, "used")
    if line is not None:
        draft.materiel.append(line)
        draft.sentences += [entity.sentence] if entity.sentence not in draft.sentences else []
