"""JSON Schema of one line of ``tocsin read --json``: the model's own, with what the tables add (types, roles, classes).

In: the tables. Out: a schema (2020-12) as a dictionary, the same for the same tables.
"""

from __future__ import annotations

from typing import Any

from tocsin import __version__
from tocsin.coding.matching.frames import FrameSet
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.knowledge.loader import Tables
from tocsin.model import Result

Dict = dict[str, Any]


def result_schema(tables: Tables) -> Dict:
    """The schema of a result; every key is required, for none is ever absent."""
    schema = Result.model_json_schema(by_alias=True, mode="serialization")
    types = FrameSet(tables).types
    record = schema["$defs"]["Record"]
    record["properties"]["type"] |= {"enum": sorted(types)}
    record["allOf"] = [_of_type(types[name]) for name in sorted(types)]
    schema["$defs"]["Materiel"]["properties"]["class"] |= {"enum": equipment_classes(tables)}
    for definition in [schema, *schema["$defs"].values()]:
        definition["required"] = list(definition["properties"])
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tocsin result",
        "description": f"One line of `tocsin read --json`, schema version 1, by tocsin {__version__}. Offsets count "
                       "Unicode code points of article.text; text[start:end] equals the quoted words.",
    }
    return head | {key: value for key, value in schema.items() if key not in head}


def equipment_classes(tables: Tables) -> list[str]:
    """The classes that a line of materiel may have: those of the equipment tables."""
    rows = [*tables.rows("equipment/generic.yaml"), *tables.rows("equipment/designations.tsv")]
    return sorted({str(row["class"]) for row in rows} | {"other", "unspecified"})


def _of_type(spec: TypeSpec) -> Dict:
    """What a record of one type looks like: its subtypes, and all of its roles and no others."""
    parties = {"type": "array", "items": {"$ref": "#/$defs/Party"}}
    of_roles = dict.fromkeys(spec.roles, parties)
    roles = {"required": list(spec.roles), "properties": of_roles, "additionalProperties": False}
    return {
        "if": {"properties": {"type": {"const": spec.name}}},
        "then": {"description": spec.definition,
                 "properties": {"subtype": {"enum": [*sorted(spec.subtypes), None]}, "roles": roles}},
    }
