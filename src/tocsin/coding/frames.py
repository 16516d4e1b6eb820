"""Frames and record types: what the coder knows of wordings, loaded and checked.

In: ``knowledge/frames/<type>/``: ``type.yaml`` defines the record type, every other file lists frames;
``knowledge/classes.yaml`` says which arguments play which part in each alternation. Out: frames by lemma.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.language.lexicon import Phrases

_FRAME_KEYS = frozenset(
    {
        "id",
        "subtype",
        "status",
        "class",
        "verbs",
        "nouns",
        "predicates",
        "roles",
        "require",
        "forbid",
        "need",
        "examples",
        "negatives",
        "doc",
        "symmetric",
        "ongoing",
        "weight",
        "presupposed",
        "announced",
        "materiel",
        "matter",
        "not_matter",
        "complement",
        "finite",
        "if_told",
        "own_soil",
        "told",
        "share",
        "toll",
        "hurts",
        "own",
        "near",
        "known",
        "bare",
        "not_near",
        "voice",
        "need_quantity",
        "told_by",
        "matter_near",
        "tense",
        "modality",
        "as_said",
        "voiced",
        "meant",
        "need_meant",
        "polarity",
        "said_by",
        "plain",
    }
)


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
    not_town: bool = False  # a town before the event noun is where it was, not who did it ("a Kabul bombing")
    issuer: bool = False  # a release that names nobody tells of its issuer's own
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
    place_of: str | None = None  # the role whose state is where it happens, if no place is told
    sites: tuple[str, ...] = ()  # parts whose own place is where it happened
    charged: frozenset[str] = frozenset()  # operators that only charge somebody with the event
    backdrop: frozenset[str] = frozenset()  # prepositions that make an event noun the time or ground of another event
    not_under: frozenset[str] = frozenset()  # operators below which there is no such event
    defaults: dict[str, Any] = field(default_factory=dict)  # keys of every frame of the type, where it has no own


@dataclass(frozen=True, slots=True)
class Frame:
    """One wording of a kind of event."""

    id: str
    type: str
    subtype: str | None
    class_: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    predicates: frozenset[str]
    roles: dict[str, tuple[str, ...]]
    require: dict[str, frozenset[str]]
    forbid: dict[str, frozenset[str]]
    need: tuple[frozenset[str], ...]
    raw: dict[str, Any]

    def parts(self, role: str) -> tuple[str, ...]:
        """The parts of the alternation (agent, theme, goal …) that fill a role, in order of preference."""
        return self.roles.get(role, ())


class FrameSet:
    """All record types and frames, indexed by lemma."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.classes: dict[str, dict[str, dict[str, list[str]]]] = tables.mapping("classes.yaml")
        self.types: dict[str, TypeSpec] = {}
        for file in tables.files("frames/*/type.yaml"):
            spec = _type(file, read_yaml(file))
            self.types[spec.name] = spec
        self.frames: list[Frame] = []
        for file in tables.files("frames/*/*.yaml"):
            if file.name != "type.yaml":
                self.frames += [self._frame(file, row) for row in read_yaml(file) or []]
        ids = [f.id for f in self.frames]
        double = sorted({i for i in ids if ids.count(i) > 1})
        if double:
            raise KnowledgeError(f"frames with the same id: {', '.join(double)}; give each its own")

    @cached_property
    def stops(self) -> Phrases[bool]:
        """Phrases whose last word would be an event noun but is none."""
        return Phrases({str(p).lower(): True for p in self.tables.mapping("stop_nouns.yaml")["phrases"]})

    @cached_property
    def states(self) -> dict[str, str]:
        """The name of each state by its code."""
        rows = self.tables.rows("parties/states.yaml")
        return {row["country"]: row["name"] for row in rows if row["id"] == f"state:{row.get('country')}"}

    @cached_property
    def by_verb(self) -> dict[str, list[Frame]]:
        """Frames by the lemma of their verbs."""
        return self._index("verbs")

    @cached_property
    def by_noun(self) -> Phrases[list[Frame]]:
        """Frames by the lemma phrase of their nouns."""
        return Phrases(self._index("nouns"))

    @cached_property
    def by_predicate(self) -> dict[str, list[Frame]]:
        """Frames by what stands after "be"."""
        return self._index("predicates")

    @cached_property
    def by_id(self) -> dict[str, Frame]:
        """Frames by their id."""
        return {frame.id: frame for frame in self.frames}

    def _index(self, kind: str) -> dict[str, list[Frame]]:
        found: dict[str, list[Frame]] = {}
        for frame in self.frames:
            for lemma in getattr(frame, kind):
                found.setdefault(lemma, []).append(frame)
        return found

    def selectors(self, frame: Frame, part: str, kind: str) -> list[str]:
        """The argument slots in which a part stands, for a predicate of a kind (verb, noun, adjective)."""
        variant = self.classes[frame.class_].get("noun" if kind == "noun" else "verb", {})
        return list(variant.get(part, []))

    def _frame(self, file: Path, row: dict[str, Any]) -> Frame:
        type_ = file.parent.name
        where = f"{file}: frame {row.get('id')!r}"
        unknown = set(row) - _FRAME_KEYS
        if unknown or not row.get("id"):
            raise KnowledgeError(f"{where}: unknown keys {sorted(unknown)}; known are {sorted(_FRAME_KEYS)}")
        if row.get("class") not in self.classes:
            raise KnowledgeError(f"{where}: class {row.get('class')!r} is not in classes.yaml: {sorted(self.classes)}")
        spec = self.types.get(type_)
        if spec is None:
            raise KnowledgeError(f"{where}: the folder {type_} has no type.yaml")
        row = _with_defaults(row, spec.defaults)
        roles = {
            role: tuple(parts if isinstance(parts, list) else [parts])
            for role, parts in (row.get("roles") or {}).items()
        }
        strange = set(roles) - set(spec.roles)
        if strange:
            raise KnowledgeError(f"{where}: roles {sorted(strange)} are not of {type_}: {sorted(spec.roles)}")
        subtype = row.get("subtype")
        if subtype and subtype not in spec.subtypes:
            raise KnowledgeError(f"{where}: subtype {subtype!r} is not of {type_}: {sorted(spec.subtypes)}")
        return Frame(
            row["id"],
            type_,
            subtype,
            row["class"],
            _lemmas(row, "verbs"),
            _lemmas(row, "nouns"),
            _lemmas(row, "predicates"),
            roles,
            _sets(row.get("require")),
            _sets(row.get("forbid")),
            tuple(frozenset(_listed(group)) for group in row.get("need") or []),
            row,
        )


def _with_defaults(row: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """A frame's row with what its type gives to all; of `require` and `forbid`, the parts that it does not name."""
    joined = {**defaults, **row}
    for key in ("require", "forbid"):
        if key in defaults and key in row:
            joined[key] = {**defaults[key], **(row[key] or {})}
    return joined


def _lemmas(row: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(v).lower() for v in row.get(key) or [])


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _sets(value: dict[str, Any] | None) -> dict[str, frozenset[str]]:
    return {part: frozenset(_listed(types)) for part, types in (value or {}).items()}


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
        not_town=bool(spec.get("not_town")),
        described=bool(spec.get("described")),
        package=bool(spec.get("package")),
        near=int(spec.get("near") or 0),
        lend=(lend[0], lend[1]) if lend else None,
    )


def _type(file: Path, row: dict[str, Any]) -> TypeSpec:
    name = file.parent.name
    try:
        roles = {role: _role(role, spec or {}) for role, spec in row["roles"].items()}
        return TypeSpec(
            name,
            row["definition"],
            roles,
            tuple(frozenset(_listed(g)) for g in row["required"]),
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
            place_of=row.get("place_of"),
            sites=tuple(row.get("sites") or ()),
            charged=frozenset(row.get("charged") or ()),
            above={str(lemma): subtype for subtype, lemmas in (row.get("above") or {}).items() for lemma in lemmas},
            apart=bool(row.get("apart")),
            defaults=row.get("defaults") or {},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise KnowledgeError(
            f"{file}: a record type needs definition, roles, required, principal ({error!r})"
        ) from error
