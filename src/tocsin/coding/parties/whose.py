"""Whose "its" is: in "X said that Y fired at its posts" the posts are X's, for nobody fires at his own.

In: a draft. Out: the same draft; what "its" and "it" cannot be (the doer's own posts, the state whose envoys are
expelled) is the other side that speaks or acts, or nobody where no such side is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import party_of
from tocsin.model import Party

_RULERS = frozenset({"government_body", "military"})
_OFFICIALS = frozenset({"person", "state", "government_body", "military"})


def mend(draft: Draft, note: Annotated) -> None:
    """Mend a draft in place."""
    if draft.subtype == "interception":
        _own_craft(draft)
    if draft.type == "armed_incident":
        mend_whose(draft, note.interpreter.lexicon.words)
        mend_sides(draft, note)
        mend_clash(draft, note)
    elif draft.type == "coercive_measure":
        mend_sender(draft, note)
        mend_closer(draft, note)


def _own_craft(draft: Draft) -> None:
    """ "X said its drone had been shot down": who says it did not do it."""
    clause = draft.candidate.clause
    if clause.get("subj", "by", "poss", "nat"):
        return
    own = {c for e in draft.candidate.parts.get("theme") or [] for c in e.countries}
    draft.roles["initiator"] = [p for p in draft.roles["initiator"] if p.country not in own]


def mend_whose(draft: Draft, words: Callable[[str], frozenset[str]]) -> None:
    """Give what is told as "its" or "their" and would be the doer's own to the other side above, else to nobody. Who seizes
    power takes it from his own."""
    if "target" in (draft.candidate.frame.raw.get("share") or ()):
        return
    doers = {p.country or p.id for p in draft.roles["initiator"]} - {None}
    pronouns = words("pronouns_thing") | words("pronouns_many") | words("pronouns_person")
    kept: list[Party] = []
    for party in draft.roles["target"]:
        first, *rest = party.text.lower().split()
        mine = (party.country or party.id) in doers and first in pronouns
        leader = next((p for p in kept if p.kind == "person"), None) if first in words("pronouns_person") else None
        if mine and leader is not None:  # "a leader and his men"
            kept.append(party.model_copy(update={"country": leader.country, "id": None, "name": party.text}))
        elif not mine or words("own_words") & set(rest):
            kept.append(party)
        elif rest and party.sector == "REB":  # "captured a leader and detained one of his associates": not the captor's
            kept.append(party.model_copy(update={"country": None, "id": None, "name": party.text}))
        elif (other := _side_above(draft, doers)) is not None:
            kept.append(party.model_copy(update={"country": other.country, "id": None}))
    things = pronouns - words("pronouns_person")
    named = [p for p in kept if p.text.lower().split()[0] not in things]  # "on Aleppo and its besiegement"
    draft.roles["target"] = named or kept


def _side_above(draft: Draft, doers: set[str | None]) -> Party | None:
    """The nearest side that speaks or acts above the clause and is not the doer's."""
    for operator in draft.candidate.clause.operators:
        for entity in operator.subject:
            for party in entity.parties:
                if party.kind != "media" and party.country not in (None, "IGO") and party.country not in doers:
                    return party
    return None


def mend_sides(draft: Draft, note: Annotated) -> None:
    """Nobody of a state whose release tells it attacks his own, but "our troops" take back a town of theirs; a doer told as
    forces without a side, by an official of the state that they fight for, are of that state."""
    issuer = note.interpreter.discourse.issuer
    hit = {p.country for p in draft.roles["target"] if p.country}
    if issuer is not None and issuer.country in hit and draft.subtype == "capture" and _ours(draft, issuer):
        draft.roles["target"] = [p for p in draft.roles["target"] if p.country != issuer.country]
    elif issuer is not None and issuer.country in hit:
        draft.roles["initiator"] = [p for p in draft.roles["initiator"] if p.country != issuer.country]
    if issuer is not None:
        _not_abroad(draft, issuer)
        _any_craft(draft, issuer, note)
    source = draft.attribution[0] if draft.attribution else None
    where = {p.country for p in draft.places if p.country}
    if source is None or source.country is None or source.kind not in _OFFICIALS or source.country not in hit | where:
        return
    home = note.interpreter.lexicon.words("home_forces")
    draft.roles["initiator"] = [
        p.model_copy(update={"country": source.country})
        if p.country is None and p.kind == "military" and p.text.lower().removeprefix("the ") in home
        else p
        for p in draft.roles["initiator"]
    ]


def _by_default(party: Party, issuer: Party) -> bool:
    """Whether forces or craft are a release's issuer's for want of another owner: no word calls them so."""
    return party.kind == "military" and party.country == issuer.country and party.name == issuer.name


def _not_abroad(draft: Draft, issuer: Party) -> None:
    """ "Security forces killed ten in Hama", "the army shelled a camp in Nyala": forces in another land are the issuer's
    only where a word calls them so; "the army" may be either's, and is nobody."""
    lands = ({p.country for p in draft.places} | {p.country for p in draft.roles["target"]}) - {None}
    if not lands or issuer.country in lands:
        return
    doers = list[Party]()
    for party in draft.roles["initiator"]:
        if not _by_default(party, issuer):
            doers.append(party)
        elif not party.text.lower().startswith("the "):
            doers.append(party.model_copy(update={"country": None, "id": None, "name": party.text}))
        elif draft.subtype == "interception":
            doers.append(party)  # who stops missiles far from home mostly tells of it himself
    draft.roles["initiator"] = doers


def _any_craft(draft: Draft, issuer: Party, note: Annotated) -> None:
    """ "N seized a tanker", "attacked two ships": craft that are hit are the issuer's only where a word says so."""
    definite = note.interpreter.lexicon.words("definite")
    hit = {(e.start, e.end) for part in ("theme", "goal") for e in draft.candidate.parts.get(part) or [] if e.materiel}
    draft.roles["target"] = [
        p for p in draft.roles["target"]
        if (p.start, p.end) not in hit or not _by_default(p, issuer) or p.text.lower().split()[0] in definite
    ]


def _ours(draft: Draft, issuer: Party) -> bool:
    """Whether the doers are told as the issuer's own: "our troops", "the Armed Forces of N"."""
    doers = draft.roles["initiator"]
    return bool(doers) and all(p.country == issuer.country and not _by_default(p, issuer) for p in doers)


def mend_clash(draft: Draft, note: Annotated) -> None:
    """ "The president mourned those who died in border clashes with X": the other side is the one state that its sentence
    names beside X."""
    clause = draft.candidate.clause
    if draft.subtype == "clash" and clause.kind == "noun" and len(draft.roles["initiator"]) == 1 and clause.get("with"):
        draft.roles["initiator"] += _only_other(draft, note, draft.countries("initiator"))


def mend_closer(draft: Draft, note: Annotated) -> None:
    """ "The junta closed X's airspace to the jets of Y": a government told by no name is that of whose airspace it is."""
    senders = draft.roles["sender"]
    if draft.subtype != "closure" or len(senders) != 1 or not senders[0].text.lower().startswith("the ") or senders[0].id:
        return
    hit = draft.countries("target")
    sentence = draft.candidate.clause.sentence
    for entity in draft.candidate.parts.get("theme") or []:
        owners = {p.country for p in note.interpreter.owners(sentence, sentence.tokens[entity.head]) if p.country}
        if len(owners) == 1 and not owners & hit and senders[0].kind in _RULERS:
            draft.roles["sender"] = [senders[0].model_copy(update={"country": owners.pop()})]


def mend_sender(draft: Draft, note: Annotated) -> None:
    """ "X gave Y an ultimatum to take back the envoys of X that it had expelled": "it" is not the state whose envoys they
    are, but the one other state of the sentence."""
    sender = {p.country for p in draft.roles["sender"] if p.country}
    if sender:  # "Germany banned it, with officials saying": officials of no side beside a state are its own
        draft.roles["sender"] = [p for p in draft.roles["sender"] if p.country or p.id or p.kind != "person"]
    pronouns = note.interpreter.lexicon.words("pronouns_thing") | note.interpreter.lexicon.words("pronouns_many")
    own = [p for p in draft.roles["target"] if p.text.lower().split()[0] in pronouns and p.country in sender]
    if len(own) < len(draft.roles["target"]):  # "sanctions on the militia and its leader"
        draft.roles["target"] = [p for p in draft.roles["target"] if p not in own]
    hit = {p.country for p in draft.roles["target"] if p.country}
    it = note.interpreter.lexicon.words("pronouns_thing")
    kept = [p for p in draft.roles["sender"] if p.text.lower() not in it or p.country not in hit]
    if len(kept) < len(draft.roles["sender"]):
        draft.roles["sender"] = kept or _only_other(draft, note, hit)


def _only_other(draft: Draft, note: Annotated, known: Collection[str | None]) -> list[Party]:
    """The one state that the sentence of the draft names beside those known; nobody where it names more."""
    others: dict[str, Party] = {}
    sentence = draft.candidate.clause.sentence
    where = note.interpreter.lexicon.words("locative") - {"of"}
    for mention in note.mentions:
        cases = (
            {k.lower for k in sentence.kids(sentence.tokens[mention.head], "case")}
            if mention.sentence == sentence.index
            else where
        )
        if not cases & where:
            for name in mention.parties:
                if name.country and name.country not in ("IGO", *known) and name.sort != "media":
                    others.setdefault(name.country, party_of(name, mention.start, mention.end, mention.text))
    return list(others.values()) if len(others) == 1 else []
