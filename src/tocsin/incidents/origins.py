"""How many independent origins stand behind the reports of an incident.

In: reports. Out: origins, each with the outlets that pass it on. Reports that cite one source have one origin, and all
organs and officials of one state are one source: they do not check one another. What an article says itself comes from whom
it cites for the event elsewhere (a headline over "the ministry said"); else it has the article's outlet as its origin,
and of copies of one text the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tocsin.incidents.model import STATE_KINDS
from tocsin.incidents.reports import DENIED, Report
from tocsin.knowledge.folding import fold
from tocsin.model.record import Source

OriginKind = Literal["state", "group", "body", "named", "outlet", "text"]


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin: ``key`` tells it from others, ``name`` is what it is called most often, ``country`` that of a state or
    group; ``outlets`` pass it on."""

    key: str
    kind: OriginKind
    name: str
    country: str | None
    names: tuple[str, ...]
    outlets: tuple[str, ...]
    reports: tuple[str, ...]


def origins(reports: Sequence[Report]) -> list[Origin]:
    """The origins, those behind most reports first."""
    groups: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda report: report.order):
        groups.setdefault(origin_key(report), []).append(report)
    found = [_origin(key, members) for key, members in groups.items()]
    return sorted(found, key=lambda origin: (-len(origin.reports), origin.key))


def origin_key(report: Report) -> str:
    """What tells the origin of a report."""
    said = _said(report)
    if said is not None:
        return f"{_kind(said)}:{_token(said)}"
    return f"text:{report.copy_group}" if report.copy_group else f"outlet:{fold(report.outlet)}"


def with_cited(reports: Sequence[Report]) -> list[Report]:
    """The reports of an incident, each that names no source with the first that its article names for the event."""
    cited: dict[str, Source] = {}
    for report in sorted(reports, key=lambda report: report.face.name):
        if report.record.status != DENIED and (said := _said(report)) is not None:  # who denies it does not tell it
            cited.setdefault(report.article, said)
    return [replace(report, cites=cited.get(report.article)) if _said(report) is None else report for report in reports]


def _origin(key: str, members: Sequence[Report]) -> Origin:
    said = [source for report in members if (source := _said(report)) is not None]
    names = Counter(source.name for source in said)
    outlets = tuple(dict.fromkeys(outlet for report in members for outlet in report.outlets))
    kind: OriginKind = _kind(said[0]) if said else "text" if key.startswith("text:") else "outlet"
    name = names.most_common(1)[0][0] if names else outlets[0]
    country = next((source.country for source in said if source.country), None)
    return Origin(key, kind, name, country, tuple(names), outlets, tuple(report.face.name for report in members))


def _said(report: Report) -> Source | None:
    """The source closest to the claim; where the article itself says it, or its source is nobody in particular, the one
    that it cites for the event elsewhere, None where none is known."""
    for source in report.record.attribution:
        if source.kind not in ("unidentified", "population"):
            return source
    return report.cites


def _kind(source: Source) -> OriginKind:
    if source.kind in STATE_KINDS and source.country and source.country != "IGO":
        return "state"
    return {"armed_group": "group", "igo": "body", "media": "outlet"}.get(source.kind, "named")  # type: ignore[return-value]


def _token(source: Source) -> str:
    return str(source.country) if _kind(source) == "state" else fold(source.name)
