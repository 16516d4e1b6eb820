"""What may fill a role: small judgements on entities and parties for the matcher.

In: entities and parties of a clause. Out: whether they act, are known, stand only for a place; lists without repeats.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.matching.record_types import RoleSpec
from tocsin.coding.verify import POINTS
from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence
from tocsin.model import Party
from tocsin.syntax import Clause

ANYBODY = frozenset({"company", "population", "ngo"})  # described without an owner, they are of where they are
FIGHTERS = frozenset({"armed_group", "military", "unidentified"})
COUNTED_PEOPLE = frozenset({"population", "number"})
LOCATIVE_SLOTS = frozenset({"in", "at", "on", "near", "off", "over", "into", "across", "along", "outside", "inside"})
_ACTORS = frozenset({"state", "government_body", "military", "armed_group", "igo"})


def site_only(entity: Entity, slot: str) -> bool:
    """A town before an event noun ("a Kabul bombing") and "its capital" are where something was, no doers."""
    name = entity.mention.party if entity.mention is not None else None
    capital = name is not None and name.sort == "metonym"  # "a Kabul bombing" is no bombing by Afghanistan
    town = slot == "nat" and (capital or (entity.place is not None and entity.place.precision in POINTS))
    origin = slot == "from" and entity.place is not None  # "missiles from Yemen"
    return town or origin or "capital" in entity.types


def placed_bomb(entity: Entity, sentences: Sequence[Sentence]) -> bool:
    """ "Yemen bomb kills five": a bomb or blast with the name of a state or town before it, and no adjective, was there."""
    if entity.materiel is None or entity.materiel.class_ != "explosive" or not entity.parties:
        return False
    sentence = sentences[entity.sentence]
    kids = sentence.kids(sentence.tokens[entity.head], "compound", "nmod")
    return any(k.tag.startswith("NNP") and k.i < entity.head for k in kids)


def tied_to(entity: Entity, interpreter: Interpreter) -> list[str]:
    """The countries of those whom people or bodies are told to be associated with ("officials linked to X")."""
    sentence = interpreter.sentences[entity.sentence]
    head = sentence.tokens[entity.head]
    first = sentence.tokens[head.head] if head.dep == "conj" else head
    found: list[str] = []
    for kid in sentence.kids(first, "acl"):
        for phrase in sentence.kids(kid, "obl") if kid.lemma in interpreter.lexicon.words("tying_verbs") else []:
            if not {c.lower for c in sentence.kids(phrase, "case")} & {"with", "to"}:
                continue
            named = interpreter.entity(sentence, phrase)
            found += named.countries or [p.country for p in interpreter.owners(sentence, phrase) if p.country]
    return list(dict.fromkeys(c for c in found if c))


def held_by(entity: Entity, interpreter: Interpreter) -> list[Party]:
    """Who uses, holds, runs a thing that is told only by that ("a warehouse used by X")."""
    sentence = interpreter.sentences[entity.sentence]
    head = sentence.tokens[entity.head]
    found: list[Party] = []
    for kid in sentence.kids(head, "acl"):
        if kid.tag == "VBN" and kid.lemma in interpreter.lexicon.words("occupying_verbs"):
            for phrase in sentence.kids(kid, "obl", "obl:agent"):
                if any(c.lower == "by" for c in sentence.kids(phrase, "case")):
                    told = [p for e in interpreter.entities(sentence, phrase) for p in e.parties]
                    found += [p for p in told if p.country or p.id or p.kind == "armed_group"]  # "X and allied groups"
    return found


def state_media(entity: Entity) -> Party | None:
    """A state's news agency as a speaker of its state."""
    if "state_media" in entity.types and entity.mention is None:  # "the state news agency" of a country
        return entity.parties[0]
    name = entity.mention.party if entity.mention is not None else None
    if name is None or name.sort != "media" or not name.row.get("state_owned") or not name.row.get("home"):
        return None
    return entity.parties[0].model_copy(update={"country": name.row["home"]}) if entity.parties else None


def place_border(entity: Entity) -> bool:
    """Whether the entity is a border, which belongs to two states and fills no role."""
    return entity.place is not None and entity.place.precision == "border"


def acts(party: Party) -> bool:
    """Whether a party can act for a side: it has a country or is a body, a force, a group."""
    return party.country is not None or party.kind in _ACTORS


def sided(party: Party) -> bool:
    """Whether a party is of a known side: it has a country or a name of its own, or is a body or a group."""
    return bool(party.country or party.id) or party.kind in ("armed_group", "igo")


def known(fillers: list[tuple[Entity, list[Party]]]) -> bool:
    """Whether a filler is a party that the tables know or that has a country."""
    return any(p.country or p.id for _, parties in fillers for p in parties)


def as_side(party: Party) -> Party:
    """ "The Russian side" of a war, of talks, is Russia."""
    owned = party.kind == "unidentified" and party.country is not None and party.country != "IGO"
    return party.model_copy(update={"kind": "state"}) if owned else party


def distinct(parties: list[Party]) -> list[Party]:
    """Parties without repeats of the same country and name."""
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(f"{party.country}|{party.id or party.name}", party)
    return list(seen.values())


def told_before(
    told: list[Draft], kind: str, clause: Clause, role: RoleSpec, roles: dict[str, list[Party]]
) -> list[Party]:
    """Who fills a role in the last event of a type, told just before ("Spain will send Kyiv tanks. Italy is giving 20
    guns"), or in the headline; nobody where the clause itself names them on the other side."""
    doers = {p.country for name, parties in roles.items() if name != role.name for p in parties if p.country}
    for draft in reversed(told):
        if draft.type != kind:
            continue
        near = clause.sentence.index - max(draft.sentences) <= role.near or draft.kind == "headline"
        found = [p for p in draft.roles[role.name] if p.country]
        told_doer = any(parties for name, parties in roles.items() if name != role.name)
        if near and found and told_doer and not doers & {p.country for p in found}:
            return found
        return []
    return []
