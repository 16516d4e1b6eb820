"""Frames: what the coder knows of wordings, loaded and checked.

In: ``knowledge/frames/<type>/``: ``type.yaml`` defines the record type (``record_types.py``), every other file lists
frames; ``knowledge/classes.yaml`` says which arguments play which part in each alternation. Out: frames by lemma.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tocsin.coding.matching.record_types import TypeSpec, listed, record_type
from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.language.entries import Phrases

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
        "goes_on",
        "ongoing",
        "weight",
        "use",
        "place_of",
        "sites",
        "presupposed",
        "announced",
        "materiel",
        "matter",
        "not_matter",
        "complement",
        "not_complement",
        "finite",
        "if_told",
        "own_soil",
        "made_by",
        "adds",
        "command",
        "told",
        "share",
        "toll",
        "hurts",
        "own",
        "not_own",
        "target_is_place",
        "near",
        "mutual",
        "known",
        "bare",
        "not_near",
        "voice",
        "need_quantity",
        "told_by",
        "yields",
        "adverb",
        "matter_after",
        "untold",
        "matter_near",
        "matter_told",
        "tense",
        "modality",
        "as_said",
        "voiced",
        "meant",
        "need_meant",
        "ordered",
        "statuses",
        "pair",
        "polarity",
        "said_by",
        "war",
        "plain",
        "plural",
        "waits",
        "not_after",
        "to_own",
        "of_words",
        "again",
        "afar",
    }
)


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
        charging = tables.mapping("grammar.yaml")["charging_words"]
        for file in tables.files("frames/*/type.yaml"):
            spec = record_type(file, {"charged": charging} | read_yaml(file))
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
    def bodies_above(self) -> dict[str, str]:
        """The body of states of which another is an organ, by their ids."""
        return {row["id"]: row["parent"] for row in self.tables.rows("parties/bodies.yaml") if row.get("parent")}

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
        return variant.get(part, [])

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
            tuple(frozenset(listed(group)) for group in row.get("need") or []),
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


def _sets(value: dict[str, Any] | None) -> dict[str, frozenset[str]]:
    return {part: frozenset(listed(types)) for part, types in (value or {}).items()}
