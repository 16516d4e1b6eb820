"""Who gives arms of which a clause only says that they are given: "The package includes six howitzers".

In: the drafts of a story and its annotated article. Out: transfers that waited for their giver have the one of the transfer
told just before, with its recipient; else the only state that the sentences around tell to give, approve or announce. An
official without a country who gives is of the only state named that does not get anything. A transfer of which nobody tells
more is dropped when the record is finished.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import party_of
from tocsin.language.tokens import Sentence
from tocsin.model import Party

_REACH = 3  # sentences to the transfer before, or to whoever gives
_STATES = frozenset({"state", "nationality"})
_OFFICES = frozenset({"GOV", "MIL"})


def find_suppliers(drafts: list[Draft], note: Annotated) -> None:
    """Give transfers without any party the ones that the words around them tell, in place."""
    transfers = [d for d in drafts if d.type == "arms_transfer"]
    getting = {c for d in transfers for c in d.countries("recipient")}
    for draft in transfers:
        if not draft.roles["supplier"] and not draft.roles["recipient"]:
            _fill(draft, [d for d in transfers if d.roles["supplier"]], getting, note)
    for draft in transfers:
        _settle_office(draft, getting, note)


def _fill(draft: Draft, told: list[Draft], getting: set[str], note: Annotated) -> None:
    before = [d for d in told if 0 <= draft.sentences[0] - max(d.sentences) <= _REACH]
    if before:
        draft.roles["supplier"] = list(before[-1].roles["supplier"])
        draft.roles["recipient"] = list(before[-1].roles["recipient"])
        draft.status, draft.subtype = _agreed(draft, before[-1])
        return
    draft.roles["supplier"] = _giver(draft, getting, note)


def _agreed(draft: Draft, before: Draft) -> tuple[str, str | None]:
    """What holds of both: of what was announced, more is told; what was handed over has come."""
    handed = draft.subtype in ("delivery", "donation") and draft.status == "occurred"
    return (draft.status, draft.subtype) if handed and before.status == "occurred" else (before.status, before.subtype)


def _giver(draft: Draft, getting: set[str], note: Annotated) -> list[Party]:
    """The only state that gives, approves, announces in the sentences around."""
    first = draft.sentences[0]
    acting: dict[str, Party] = {}
    for sentence in note.sentences[max(first - _REACH, 0) : first + _REACH + 1]:
        for party in _acting(sentence, note):
            if party.country and party.country not in getting and party.country != "IGO":
                acting.setdefault(party.country, party)
    return list(acting.values()) if len(acting) == 1 else []


def _acting(sentence: Sentence, note: Annotated) -> list[Party]:
    """Known parties that are the subject of a verb of giving, approving or announcing, or announce by "by"."""
    verbs = note.interpreter.lexicon.words("giving_verbs") | note.interpreter.lexicon.words("granting_verbs")
    found = []
    for verb in sentence:
        if verb.pos == "VERB" and verb.lemma in verbs:
            for kid in sentence.kids(verb, "nsubj", "obl:agent"):
                found += [p for e in note.interpreter.entities(sentence, kid) for p in e.parties if p.kind != "media"]
    return found


def _settle_office(draft: Draft, getting: set[str], note: Annotated) -> None:
    """ "The Minister of Defence announced 19 tanks for Ukraine": of the only state named that gets nothing."""
    offices = [p for p in draft.roles["supplier"] if p.country is None and p.sector in _OFFICES]
    if not offices or len(offices) != len(draft.roles["supplier"]):
        return
    named = {n.country: party_of(n, m.start, m.end, m.text) for m in note.mentions for n in m.parties if n.sort in _STATES}
    others = [c for c in named if c and c not in getting and c != "IGO"]
    if len(others) == 1:
        draft.roles["supplier"] = [p.model_copy(update={"country": others[0]}) for p in offices]
