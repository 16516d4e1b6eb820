"""Codes of other schemes for a record: PLOVER event, CAMEO code, quad class.

In: type, subtype, status, roles and equipment classes of a record, and the tables ``knowledge/crosswalks/plover.yaml``
and ``cameo.yaml``. Out: ``{"plover": {"event", "mode", "context"}, "cameo": code, "quad": 1..4}``; a scheme that has no
code for the record gives None, and where neither has one the result is empty. docs/crosswalks.md explains the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.model import Party, Record

Roles = Mapping[str, Sequence[Party]]
Row = dict[str, Any]

_SCHEMES = {"plover": "crosswalks/plover.yaml", "cameo": "crosswalks/cameo.yaml"}
_GIVES = {"plover": "event", "cameo": "code"}
_CONDITIONS = frozenset({"type", "subtype", "status", "has", "only", "sides", "classes", "troops"})
_ROW_KEYS = _CONDITIONS | {"event", "mode", "mode_by", "context", "code", "none"}
_NO_SUBTYPE = "none"
_DEFAULT_STATUS = "occurred"
_BODY = "igo"


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a record decides its codes."""

    type: str
    subtype: str | None
    status: str
    roles: Roles
    classes: frozenset[str] = field(default_factory=frozenset)
    troops: bool = False


class Crosswalk:
    """The published tables, applied."""

    def __init__(self, tables: Tables) -> None:
        self._tables = {scheme: tables.mapping(file) for scheme, file in _SCHEMES.items()}
        for scheme in _SCHEMES:
            for row in self._tables[scheme]["rows"]:
                self._check(scheme, row)
        for name, rows in self._tables["plover"]["modes_by"].items():
            for row in rows:
                _refuse(set(row) - _CONDITIONS - {"mode"}, f"plover.yaml, modes_by {name}")

    def codes(
        self,
        type_: str,
        subtype: str | None,
        status: str,
        roles: Roles,
        materiel_classes: Iterable[str] = (),
        *,
        troops: bool = False,
    ) -> dict[str, Any]:
        """Codes of a record; empty where no scheme has one. ``troops``: the record tells a number of troops."""
        facts = Facts(type_, subtype or None, status, roles, frozenset(materiel_classes), troops)
        event, action = self._row("plover", facts), self._row("cameo", facts)
        plover = None if event is None or "none" in event else self._plover(event, facts)
        cameo = None if action is None or "none" in action else action["code"]
        if plover is None and cameo is None:
            return {}
        quad = self._tables["plover"]["events"][plover["event"]]["quad"] if plover else None
        return {"plover": plover, "cameo": cameo, "quad": quad}

    def why_none(
        self, scheme: str, type_: str, subtype: str | None, status: str, roles: Roles | None = None
    ) -> str | None:
        """Why a scheme ("plover", "cameo") has no code for such a record; None where it has one."""
        row = self._row(scheme, Facts(type_, subtype or None, status, roles or {}))
        if row is not None:
            return str(row["none"]) if "none" in row else None
        return self._tables[scheme]["statuses"].get(status) or f"no row for {type_}/{subtype or _NO_SUBTYPE}"

    def _row(self, scheme: str, facts: Facts) -> Row | None:
        return next((row for row in self._tables[scheme]["rows"] if _applies(row, facts)), None)

    def _plover(self, row: Row, facts: Facts) -> dict[str, Any]:
        mode = row.get("mode")
        if "mode_by" in row:
            choices = self._tables["plover"]["modes_by"][row["mode_by"]]
            mode = next((choice["mode"] for choice in choices if _fits(choice, facts)), None)
        contexts = [c for c in row.get("context") or [] if c != "military" or self._by_a_state(facts)]
        return {"event": row["event"], "mode": mode, "context": contexts}

    def _by_a_state(self, facts: Facts) -> bool:
        """Whether a state's side acts, as PLOVER wants for the context ``military``; types without an entry pass."""
        rule = self._tables["plover"]["military_context"]
        role = rule["roles"].get(facts.type)
        return role is None or any(
            p.kind in rule["kinds"] and p.sector not in rule["not_sectors"] for p in facts.roles.get(role, ())
        )

    def _check(self, scheme: str, row: Row) -> None:
        """Refuse a row that names an event, mode, context or code which the scheme does not have."""
        table, where = self._tables[scheme], f"{_SCHEMES[scheme]}: row {row}"
        _refuse(set(row) - _ROW_KEYS, where)
        if "type" not in row:
            raise KnowledgeError(f"{where}: needs the record `type` that it is for")
        if "none" in row:
            return
        given = row.get(_GIVES[scheme])
        known = table["events"] if scheme == "plover" else {**table["roots"], **table["codes"]}
        if given not in known:
            raise KnowledgeError(f"{where}: {given!r} is not in the scheme; known are {', '.join(known)}")
        if scheme == "cameo":
            return
        modes = [row.get("mode")]
        if "mode_by" in row:
            _refuse({row["mode_by"]} - set(table["modes_by"]), f"{where}: mode_by")
            modes = [choice["mode"] for choice in table["modes_by"][row["mode_by"]]]
        _refuse({m for m in modes if m is not None} - set(known[given]["modes"]), f"{where}: modes")
        _refuse(set(row.get("context") or []) - set(table["contexts"]), f"{where}: contexts")


def _refuse(unknown: set[Any], where: str) -> None:
    if unknown:
        raise KnowledgeError(f"{where}: unknown {', '.join(sorted(map(str, unknown)))}")


def _applies(row: Row, facts: Facts) -> bool:
    """Whether a row is for such a record; a reason (``none``) without a status is for all of them."""
    if row["type"] != facts.type:
        return False
    if "subtype" in row and (facts.subtype or _NO_SUBTYPE) not in _listed(row["subtype"]):
        return False
    anything = "none" in row and "status" not in row
    return (anything or facts.status in _listed(row.get("status", _DEFAULT_STATUS))) and _fits(row, facts)


def _fits(row: Row, facts: Facts) -> bool:
    """Whether the conditions on roles, equipment and numbers hold."""
    if not all(facts.roles.get(role) for role in row.get("has") or ()):
        return False
    for role, kinds in (row.get("only") or {}).items():
        parties = facts.roles.get(role, ())
        if not parties or any(p.kind not in kinds for p in parties):
            return False
    if not all(_sides(facts.roles.get(role, ()), least) for role, least in (row.get("sides") or {}).items()):
        return False
    if "classes" in row and not facts.classes & set(row["classes"]):
        return False
    return facts.troops or not row.get("troops")


def _sides(parties: Sequence[Party], least: int) -> bool:
    """Whether so many different countries (names, where there is no country) take part; a body stands for several."""
    return any(p.kind == _BODY for p in parties) or len({p.country or p.name for p in parties}) >= least


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def record_codes(record: Record) -> dict[str, Any]:
    """The codes of a finished record by the project's own tables, for one that a person has changed."""
    classes = [item.class_ for item in record.materiel]
    troops = record.personnel is not None
    return _own().codes(record.type, record.subtype, record.status, record.roles, classes, troops=troops)


@cache
def _own() -> Crosswalk:
    return Crosswalk(Tables())
