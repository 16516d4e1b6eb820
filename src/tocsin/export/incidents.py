"""The register by incident as a file: an event a row, with its reports, origins, ranges and grade.

In: incidents. Out: CSV, JSON Lines or Excel, each with its data dictionary (``knowledge/export/incidents.yaml``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from tocsin.export import csv, xlsx
from tocsin.export.incident_schema import incident_schema
from tocsin.export.shapes import table
from tocsin.incidents import Incident, as_json
from tocsin.incidents.values import Slot
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.register.flat import Column

Dict = dict[str, Any]
Lines = Iterator[str] | Iterator[bytes]
SCHEMA = 1
_COUNTS = {"personnel": "personnel", "casualties.killed": "killed", "casualties.wounded": "wounded",
           "casualties.captured": "captured"}
_SCHEMA_URI = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class IncidentExporter:
    """A format: incidents to text or bytes, and what they mean (as ``exporters.Exporter`` is for records)."""

    media_type: str
    lines: Callable[[Iterable[Incident]], Lines]
    dictionary: Callable[[], str]
    ending: str
    dictionary_ending: str = ".dictionary.csv"
    extra: str | None = None
    package: str | None = None

    @property
    def installed(self) -> bool:
        """Whether what it needs is installed."""
        return self.package is None or find_spec(self.package) is not None


@cache
def columns() -> tuple[Column, ...]:
    """All columns in order, those of the roles last."""
    rows = table("incidents")
    named = [Column(one["name"], one["type"], one["about"], bool(one.get("whole")), bool(one.get("quoted")),
                    bool(one.get("of_numbers"))) for one in rows["columns"]]
    roles = Tables().mapping("export/columns.yaml")["roles"]
    return (*named, *(Column(role, "list", rows["role_about"].format(role=role), quoted=True) for role in roles))


def values(incident: Incident) -> Dict:
    """The values of an incident by column; columns without a value may be missing."""
    course, grade = incident.course, incident.grade
    found: Dict = {
        "incident": incident.id, "type": incident.type, "subtype": incident.subtype, "state": incident.state,
        "spell": int(incident.spell), "due": course.due, "stale": int(course.stale), "denied_by": list(course.denied_by),
        "history": [" ".join(part for part in (step.day, step.status, step.subtype) if part) for step in course.steps],
        "first_report": incident.first, "last_report": incident.last, "reports": len(incident.reports),
        "outlets": list(incident.outlets), "origins": len(incident.origins),
        "origin": [origin.name for origin in incident.origins], "grade": f"{grade.letter}{grade.figure}",
        "grade_rule": words()(f"incident.rule.{grade.rule}", origins=grade.origins),
        "records": [report.record.id for report in incident.reports],
        "articles": [report.article for report in incident.reports],
        "urls": list(dict.fromkeys(report.url for report in incident.reports if report.url)),
        "quote": incident.reports[0].record.evidence[0].exact}
    for standing in ("agreed", "disputed", "single"):
        found[standing] = [slot.slot for slot in incident.slots if slot.standing == standing]
    return found | _said(incident.slots)


def _said(slots: Iterable[Slot]) -> Dict:
    """What the reports say of each slot: all values, of counts the range."""
    found: Dict = {}
    for slot in slots:
        kind, _, part = slot.slot.partition(".")
        weightiest = sorted(slot.values, key=lambda value: -len(value.reports))
        texts = list(dict.fromkeys(value.text for value in weightiest))  # what was planned and came so is said once
        if kind == "roles":
            found[part] = texts
        elif kind in ("time", "places"):
            found[kind] = texts
        elif slot.slot in _COUNTS:
            found[f"{_COUNTS[slot.slot]}_min"], found[f"{_COUNTS[slot.slot]}_max"] = slot.low, slot.high
        elif kind == "materiel":
            for name, value in (("class", part), ("min", slot.low), ("max", slot.high)):
                found.setdefault(f"materiel_{name}", []).append(value)
    return found


def csv_lines(incidents: Iterable[Incident]) -> Iterator[str]:
    """CSV, headings first; lists joined, words of other people safe for spreadsheets."""
    heads = columns()
    return csv.table([column.name for column in heads], (_cells(values(one), heads) for one in incidents))


def _cells(found: Dict, heads: Iterable[Column]) -> list[Any]:
    cells = []
    for column in heads:
        value = found.get(column.name)
        value = csv.joined(value) if isinstance(value, list) else value
        cells.append(csv.safe(value) if column.quoted and isinstance(value, str) else value)
    return cells


def csv_dictionary() -> str:
    """What the columns mean, itself a CSV."""
    rows = [("*", "file", table("incidents")["about"]), *((one.name, one.type, one.about) for one in columns()),
            ("*", "text", Tables().mapping("export/columns.yaml")["escape_about"])]
    return "".join(csv.table(("column", "type", "meaning"), rows))


def jsonl_lines(incidents: Iterable[Incident]) -> Iterator[str]:
    """An incident a line, whole, as ``tocsin incident --json`` prints it."""
    for one in incidents:
        yield json.dumps({"schema": SCHEMA, **as_json(one)}, ensure_ascii=False, separators=(",", ":")) + "\n"


def jsonl_dictionary() -> str:
    """JSON Schema of a line."""
    one = incident_schema()
    schema = {"$schema": _SCHEMA_URI, "title": "Tocsin incident", "description": table("incidents")["about"], **one,
              "required": ["schema", *one["required"]], "properties": {"schema": {"const": SCHEMA}, **one["properties"]}}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def xlsx_lines(incidents: Iterable[Incident]) -> Iterator[bytes]:
    """Excel: the columns of the CSV on one sheet, what they mean on another."""
    return xlsx.book(columns(), map(values, incidents), "incidents")


INCIDENT_EXPORTERS: dict[str, IncidentExporter] = {
    "csv": IncidentExporter("text/csv; charset=utf-8", csv_lines, csv_dictionary, ".incidents.csv"),
    "jsonl": IncidentExporter("application/jsonl; charset=utf-8", jsonl_lines, jsonl_dictionary, ".incidents.jsonl",
                              ".dictionary.json"),
    "xlsx": IncidentExporter(xlsx.MEDIA_TYPE, xlsx_lines, csv_dictionary, ".incidents.xlsx", extra="excel",
                             package="xlsxwriter"),
}
