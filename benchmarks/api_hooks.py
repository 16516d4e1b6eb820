"""Loaded by schemathesis (``api.py``): what a schema cannot say of a query, and ids that are there.

Two refusals hang on more than one value or on a grammar: a box must not end south of its south, and a query of words
must hold a word that is wanted. What breaks only these is put right before it is asked; the tests of the application
(``tests/web``) ask for both refusals. Empty values ask nothing, as of a form, which no schema can say of a number. Nothing
is fetched from the web. Of ids every second one is that of a record, an article, a party of the register.
"""

from __future__ import annotations

import json
import os
from typing import Any

import schemathesis

_IDS: dict[str, str] = json.loads(os.environ["TOCSIN_IDS"])


@schemathesis.hook
def map_query(context: Any, query: dict[str, Any] | None) -> dict[str, Any] | None:
    """A query whose box and words can be answered."""
    if query and isinstance(query.get("box"), str):
        query["box"] = _turned(query["box"])
    if query and isinstance(query.get("words"), str) and query["words"].strip():
        query["words"] = f"a {query['words']}"
    return query


@schemathesis.hook
def filter_query(context: Any, query: dict[str, Any] | None) -> bool:
    """No query with an empty value: as of a form that was left empty it asks nothing, whatever its type."""
    return not any(value == "" for value in (query or {}).values())


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Addresses of which every second leads somewhere."""
    for name, value in (path_parameters or {}).items():
        if name in _IDS and isinstance(value, str) and len(value) % 2:
            path_parameters[name] = _IDS[name]  # type: ignore[index]
    return path_parameters


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """A body that has nothing fetched: an address of the web becomes a text."""
    if isinstance(body, dict) and str(body.get("url", "")).startswith(("http://", "https://")):
        body = {name: value for name, value in body.items() if name != "url"}
        body.setdefault("text", "Norway handed six howitzers to Latvia.")
    return body


def _turned(box: str) -> str:
    """The box with its southern edge first; as it is where it is none."""
    parts = box.split(",")
    try:
        south, north = float(parts[0]), float(parts[2])
    except (IndexError, ValueError):
        return box
    return box if south <= north else ",".join([parts[2], parts[1], parts[0], *parts[3:]])
