"""Record types: their roles, subtypes and rules, loaded and checked.

In: ``knowledge/frames/<type>/type.yaml``. Out: one ``TypeSpec`` a file. The codebook says what each type is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """One role of a record type: whether a place may fill it, and which kinds of party may not."""

    name: str
    from_place: bool = False
    forbid: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    state_media: bool = False  # a state's news agency in its own words speaks for its state
    from_owner: str | bool = False  # "SDF positions", "oil fields in Saudi Arabia": whose it is fills the role
    victims: bool = False  # people without a side ("five people") fill it; their country is that of the place
    announcer: bool = False  # a passive without a doer under an announcement is done by who announces it
    not_gear: bool = False  # "munitions for the missile system": equipment gets nothing
    not_town: bool = False  # a town before the event noun is where it was, not who did it ("a Kabul bombing")
    issuer: bool = False  # a release that names nobody tells of its issuer's own
    tied: bool = False  # "officials associated with X" stand for X
    described: bool = False  # parties told only as "all sides", "the perpetrators" fill it, unnamed
    package: bool = False  # a package or aid that gives is given by who announces it
    near: int = 0  # told so many sentences before, of an event of the type, it fills the role of a frame with ``near``
    lend: tuple[str, str] | None = None  # (type, role) of the event that "as part of the exercise" refers to


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """A record type of the codebook."""

    name: str
    definition: str
    roles: dict[str, RoleSpec]
    required: tuple[frozenset[str], ...]
    principal: tuple[str, ...]
    subtypes: frozenset[str]
    use: str | None = None
    least: dict[str, int] = field(default_factory=dict)
    materiel: tuple[str, ...] = ("theme", "instrument")  # the parts whose equipment the record lists
    distinct: tuple[tuple[str, str], ...] = ()  # pairs of roles that no state fills both of
    each: tuple[str, ...] = ()  # roles whose sides make a record each where "both" or "each" of them does it
    sided: tuple[str, ...] = ()  # roles that need somebody of a known side: a country, a name, a body, a group
    actors: tuple[str, ...] = ()  # roles of which one must hold a party that can act for a side
    materiel_slots: tuple[str, ...] = ()  # slots of the clause whose equipment the record lists too
    personnel: tuple[str, ...] = ()  # the parts whose number of people is the record's personnel
    above: dict[str, str] = field(default_factory=dict)  # operator lemma -> subtype ("has refused to sell": refusal)
    apart: bool = False  # the two principal roles are never the same state
    statuses: frozenset[str] = frozenset()  # the statuses that a record of the type may have; all where empty
    by_class: dict[str, str] = field(default_factory=dict)  # weapon class -> subtype, for a general subtype
    by_agent: dict[str, str] = field(default_factory=dict)  # last words of the doer -> subtype
    general: frozenset[str | None] = frozenset({None})  # subtypes that yield to that of the weapon or the doer
    outside: frozenset[str] = frozenset()  # types of phrases in which the event is only played or natural
    placeless: frozenset[str | None] = frozenset()  # subtypes that happen nowhere ("any": all)
    held: bool = False  # a gathering or a pact: a state's name is a side of it, and its place only behind "in", "to", "at"
    place_of: str | None = None  # the role whose state is where it happens, if no place is told
    places_of: dict[str, tuple[str, ...]] = field(default_factory=dict)  # the same by subtype: the first role that tells
    sites: tuple[str, ...] = ()  # parts whose own place is where it happened
    deniable: bool = False  # "we have not done it", said by its doer, denies it
    charged: frozenset[str] = frozenset()  # operators that only charge somebody with the event
    backdrop: frozenset[str] = frozenset()  # prepositions that make an event noun the time or ground of another event
    not_under: frozenset[str] = frozenset()  # operators below which there is no such event
    amid_contest: frozenset[str] = frozenset()  # the same where it tells of an election campaign
    uncrewed: frozenset[str] = frozenset()  # weapon classes that nobody sits in
    amid_riots: frozenset[str] = frozenset()  # where the article tells of riots, its sentence must name one of these types
    waits: str | None = None  # the role that the sentences after may tell ("The drill began. Some 500 soldiers take part")
    deep: bool = False  # where no slot names a place, one below the event's words is its place
    waits_passive: bool = False  # passive verbs wait for it, too ("The missile was fired from Sunan")
    defaults: dict[str, Any] = field(default_factory=dict)  # keys of every frame of the type, where it has no own


def record_type(file: Path, row: dict[str, Any]) -> TypeSpec:
    """The record type that a row of ``type.yaml`` defines; the folder is its name."""
    name = file.parent.name
    try:
        roles = {role: _role(role, spec or {}) for role, spec in row["roles"].items()}
        return TypeSpec(
            name,
            row["definition"],
            roles,
            tuple(frozenset(listed(g)) for g in row["required"]),
            tuple(row["principal"]),
            frozenset(row.get("subtypes") or []),
            use=row.get("use"),
            least=row.get("least") or {},
            materiel=tuple(row.get("materiel") or ("theme", "instrument")),
            statuses=frozenset(row.get("statuses") or ()),
            by_class=row.get("by_class") or {},
            general=frozenset([None, *(row.get("general") or ())]),
            by_agent=row.get("by_agent") or {},
            outside=frozenset(row.get("outside") or ()),
            backdrop=frozenset(row.get("backdrop") or ()),
            not_under=frozenset(row.get("not_under") or ()),
            distinct=tuple((a, b) for a, b in row.get("distinct") or ()),
            actors=tuple(row.get("actors") or ()),
            each=tuple(row.get("each") or ()),
            sided=tuple(row.get("sided") or ()),
            materiel_slots=tuple(row.get("materiel_slots") or ()),
            personnel=tuple(row.get("personnel") or ()),
            placeless=frozenset(row.get("placeless") or ()),
            held=bool(row.get("held")),
            place_of=row.get("place_of"),
            places_of={subtype: tuple(listed(roles)) for subtype, roles in (row.get("places_of") or {}).items()},
            sites=tuple(row.get("sites") or ()),
            deniable=bool(row.get("deniable")),
            charged=frozenset(row.get("charged") or ()),
            above={str(lemma): subtype for subtype, lemmas in (row.get("above") or {}).items() for lemma in lemmas},
            apart=bool(row.get("apart")),
            amid_contest=frozenset(row.get("amid_contest") or ()),
            uncrewed=frozenset(row.get("uncrewed") or ()),
            amid_riots=frozenset(row.get("amid_riots") or ()),
            waits=row.get("waits"),
            waits_passive=bool(row.get("waits_passive")),
            deep=bool(row.get("deep")),
            defaults=row.get("defaults") or {},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise KnowledgeError(
            f"{file}: a record type needs definition, roles, required, principal ({error!r})"
        ) from error


def _role(name: str, spec: dict[str, Any]) -> RoleSpec:
    lend = spec.get("lend")
    return RoleSpec(
        name,
        from_place=bool(spec.get("from_place")),
        forbid=frozenset(spec.get("forbid") or []),
        only=frozenset(spec.get("only") or []),
        state_media=bool(spec.get("state_media")),
        from_owner=spec.get("from_owner") or False,
        victims=bool(spec.get("victims")),
        announcer=bool(spec.get("announcer")),
        issuer=bool(spec.get("issuer")),
        not_gear=bool(spec.get("not_gear")),
        not_town=bool(spec.get("not_town")),
        described=bool(spec.get("described")),
        tied=bool(spec.get("tied")),
        package=bool(spec.get("package")),
        near=int(spec.get("near") or 0),
        lend=(lend[0], lend[1]) if lend else None,
    )


def listed(value: Any) -> list[str]:
    """A value that may be one word as a list."""
    return value if isinstance(value, list) else [value]
