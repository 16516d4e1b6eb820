"""The OpenAPI 3.1 document, made from the operations, the parameters of an address, and the schema of records.

In: ``api.OPERATIONS``. Out: the document as a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from tocsin import __version__
from tocsin.export.jsonl import SCHEMA
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.schema import result_schema
from tocsin.web.answers import API
from tocsin.web.asked import DAY, MOST, MOST_PAGE, PAGE, Parameter
from tocsin.web.incident_schemas import told_of_incidents
from tocsin.web.review_schemas import reviewed
from tocsin.web.tried import MOST_TEXT

if TYPE_CHECKING:
    from tocsin.web.operation import Operation

Dict = dict[str, Any]
TEXT, WHOLE, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
_OR_NONE = {"type": ["string", "null"]}
_LATITUDE, _LONGITUDE = r"-?[0-8]?[0-9](\.[0-9]+)?", r"-?(1[0-7])?[0-9](\.[0-9]+)?"
_BOX = rf"^{_LATITUDE},{_LONGITUDE},{_LATITUDE},{_LONGITUDE}$"
_WEB = r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/\S*)?$"
_IN_PATH = re.compile(r"\{(\w+)\}")


def document(operations: Sequence[Operation]) -> Dict:
    """The whole document."""
    say = words()
    paths: dict[str, Dict] = {}
    for operation in operations:
        paths.setdefault(API + operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": say("web.api_title"), "version": __version__, "description": say("web.api_about"),
                 "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": _schemas(), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"token": []}],
    }


def _operation(operation: Operation) -> Dict:
    say = words()
    in_path = [{"name": name, "in": "path", "required": True, "description": say(f"web.about_{name}"), "schema": TEXT}
               for name in _IN_PATH.findall(operation.path)]
    found: Dict = {
        "operationId": operation.name, "summary": say(f"web.api_{operation.name}"),
        "parameters": in_path + [_parameter(parameter) for parameter in operation.parameters],
        "responses": {"200": {"description": say("web.api_answer"), "content": _content(operation.gives)},
                      "4XX": {"description": say("web.api_refused"), "content": _content("Error")},
                      "5XX": {"description": say("web.api_failed"), "content": _content("Error")}},
    }
    if operation.method == "GET":
        found["responses"]["304"] = {"description": say("web.api_same")}
    else:
        found["requestBody"] = {"required": True, "content": _content(operation.takes)}
    return found


def _content(name: str) -> Dict:
    return {"application/json": {"schema": _ref(name)}}


def _ref(name: str) -> Dict:
    return {"$ref": f"#/components/schemas/{name}"}


def _parameter(parameter: Parameter) -> Dict:
    found: Dict = {"name": parameter.name, "in": "query", "required": False, "description": words()(parameter.about),
                   "schema": _values(parameter)}
    if parameter.kind == "many":
        found |= {"style": "form", "explode": True}
    return found


def _values(parameter: Parameter) -> Dict:
    """The schema of a parameter's values."""
    if parameter.kind == "many":
        return {"type": "array", "items": TEXT | ({"enum": list(parameter.choices)} if parameter.choices else {})}
    if parameter.choices:
        return TEXT | {"enum": [*parameter.choices, ""]}  # an empty value asks nothing
    if parameter.kind == "number":
        return {"type": "number", "minimum": 0, "maximum": 1}
    if parameter.kind == "whole":
        bounds = {"page": {"minimum": 1, "maximum": MOST_PAGE, "default": 1},
                  "limit": {"minimum": 1, "maximum": MOST, "default": PAGE},
                  "sentence": {"minimum": 1}, "at": {"minimum": 0}}
        return WHOLE | bounds[parameter.name]
    pattern = {"day": DAY, "box": _BOX}.get(parameter.kind)
    return TEXT | ({"pattern": f"^$|{pattern}"} if pattern else {})


@cache
def _schemas() -> Dict:
    """The components: those of a result, and what the API wraps around them."""
    from tocsin.web.api import PUBLISHED

    result = _moved(result_schema(Tables()))
    found: Dict = result.pop("$defs")
    result.pop("$schema")
    article = _object(id=TEXT, source=TEXT, url=_OR_NONE, title=_OR_NONE, publisher=_OR_NONE, published=_OR_NONE,
                      version=WHOLE, copies=_list(TEXT))
    group = _object(group=WHOLE, anchor=TEXT, earliest=TEXT, agency=_OR_NONE, members=_list(_object(
        article=TEXT, title=_OR_NONE, publisher=_OR_NONE, published=_OR_NONE, source=TEXT, kind=TEXT,
        share={"type": "number", "minimum": 0, "maximum": 1}, agency=_OR_NONE, told=_OR_NONE)))
    tie = _object(name=TEXT, key=_OR_NONE, since=_OR_NONE, until=_OR_NONE)
    review = {"anyOf": [_object(state=TEXT, by=TEXT, at=TEXT), {"type": "null"}]}
    row = {"article": _ref("ArticleRow"), "record": _ref("Record"), "review": review}
    counts = _object(**{"from": TEXT}, counts=_list(WHOLE))
    explained = _object(number=WHOLE, mentions=_list(_ref("Mention")), records=_list(TEXT), tree=_list(_object(
        depth=WHOLE, word=TEXT, relation=TEXT, tag=TEXT, lemma=TEXT)), clauses=_list(_object(
            clause=TEXT, frames=_list(_object(frame=TEXT, outcome=TEXT)))))
    own = {
        "Result": result, "ArticleRow": article, "CopyGroup": group, "Row": _object(**row), "Tie": tie,
        "Line": _object(schema={"const": SCHEMA}, **row),
        "Records": _paged("records", _ref("Row")), "Articles": _paged("articles", _ref("ArticleRow")),
        "Read": _object(versions=_list(TEXT), copies=_list(TEXT), result=_ref("Result"),
                        copy_group={"anyOf": [_ref("CopyGroup"), {"type": "null"}]}),
        "Facets": _object(facets=_list(_object(name=TEXT, values=_list(_object(value=TEXT, count=WHOLE, chosen=FLAG))))),
        "Overview": _object(
            records=WHOLE, articles=WHOLE, copies=WHOLE, failed=WHOLE, denied=WHOLE, for_review=WHOLE,
            reviewed_at_random=WHOLE, right=WHOLE,
            by_type=_list(_object(type=TEXT, status=TEXT, records=WHOLE)),
            weeks={"type": "object", "additionalProperties": counts},
            pairs=_list(_object(type=TEXT, source=TEXT, target=TEXT, records=WHOLE)),
            changed=_list(_object(article=TEXT, title=TEXT, version=WHOLE))),
        "Explained": _object(sentences=_list(_object(number=WHOLE, start=WHOLE, end=WHOLE, text=TEXT)),
                             explained={"anyOf": [explained, {"type": "null"}]}),
        "Dossier": _object(
            key=TEXT, name=TEXT, kind=_OR_NONE, country=_OR_NONE, aliases=_list(TEXT), parent={"anyOf": [
                _ref("Tie"), {"type": "null"}]}, records=WHOLE, roles=_list(_object(role=TEXT, type=TEXT, records=WHOLE)),
            years=_list(_object(year=WHOLE, records=WHOLE)),
            **{name: _list(_ref("Tie")) for name in ("offices", "member_of", "members", "parts", "people")}),
        "Text": {"type": "object", "anyOf": [{"required": ["text"]}, {"required": ["url"]}], "additionalProperties": False,
                 "properties": {
                     "text": TEXT | {"minLength": 1, "maxLength": MOST_TEXT}, "url": TEXT | {"pattern": _WEB},
                     "published": TEXT | {"pattern": PUBLISHED}, "title": TEXT, "plain": FLAG,
                     "store": FLAG | {"default": False}}},
        **reviewed(),
        **told_of_incidents(),
        "Error": _object(status=WHOLE, message=TEXT),
        "Document": {"type": "object"},
    }
    assert not own.keys() & found.keys(), "a schema of the API is called as one of the model"
    return found | own


def _object(**properties: Dict) -> Dict:
    """An object all of whose keys are always there."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Dict) -> Dict:
    return {"type": "array", "items": items}


def _paged(name: str, items: Dict) -> Dict:
    links = _object(self=TEXT, prev=_OR_NONE, next=_OR_NONE)
    return _object(total=WHOLE, page=WHOLE, pages=WHOLE, limit=WHOLE, links=links, **{name: _list(items)})


def _moved(value: Any) -> Any:
    """A schema whose references lead to the components."""
    if isinstance(value, dict):
        return {key: part.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(part)
                for key, part in value.items()}
    return [_moved(part) for part in value] if isinstance(value, list) else value
