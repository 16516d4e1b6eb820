"""The schemas of reviews in the OpenAPI document.

In: nothing. Out: components by name, with references to those of the model.
"""

from __future__ import annotations

from typing import Any, get_args

from tocsin.review import Action, State
from tocsin.web.reviewer import MOST
from tocsin.web.reviewing import MOST_NOTE

Dict = dict[str, Any]
_TEXT: Dict = {"type": "string"}
_WHOLE: Dict = {"type": "integer"}
_FLAG: Dict = {"type": "boolean"}
_NONE: Dict = {"type": "null"}
_OR_NONE: Dict = {"type": ["string", "null"]}
_RECORD: Dict = {"$ref": "#/components/schemas/Record"}
_NAME = _TEXT | {"minLength": 1, "maxLength": MOST, "pattern": r"\S"}
_NOTE = _TEXT | {"maxLength": MOST_NOTE}


def reviewed() -> Dict:
    """Components: what can be sent, and what is answered."""
    verdict: Dict = {"state": _TEXT | {"enum": list(get_args(State))}, "by": _TEXT, "at": _TEXT, "edited": _list(_TEXT),
               "article": _TEXT, "record": _RECORD}
    share: Dict = {"type": ["number", "null"]}
    rate: Dict = {"judged": _WHOLE, "right": _WHOLE, "share": share, "low": share, "high": share}
    row: Dict = {"article": {"$ref": "#/components/schemas/ArticleRow"}, "record": _RECORD,
           "review": {"anyOf": [_object(state=_TEXT, by=_TEXT, at=_TEXT), _NONE]}}
    correction = _object(id=_WHOLE, action=_TEXT | {"enum": list(get_args(Action))}, reviewer=_TEXT, made=_TEXT,
                         slot=_OR_NONE, value={}, note=_OR_NONE, undoes={"type": ["integer", "null"]}, queue=_OR_NONE,
                         record={"anyOf": [_RECORD, _NONE]})
    return {
        "Correction": correction,
        "History": _object(**row, seen={"anyOf": [_object(article=_TEXT, record=_RECORD), _NONE]},
                           verdict={"anyOf": [_object(**verdict), _NONE]}, changed=_FLAG,
                           by_reviewer=_list(_object(reviewer=_TEXT, **verdict)),
                           corrections=_list({"$ref": "#/components/schemas/Correction"})),
        "Agreement": _object(
            corrections=_WHOLE, claims=_WHOLE, changed=_WHOLE, states=_list(_object(state=_TEXT, records=_WHOLE)),
            rate=_object(**rate), rates=_list(_object(type=_TEXT, **rate)), agreed=_object(claims=_WHOLE, alpha=share),
            agreement=_list(_object(type=_TEXT, claims=_WHOLE, alpha=share))),
        "Judgement": _asked(("record", "action", "by"), record=_TEXT, by=_NAME, slot=_TEXT, value={}, words=_TEXT,
                            action=_TEXT | {"enum": ["accept", "reject", "edit", "comment"]}, note=_NOTE, queue=_TEXT),
        "Addition": _asked(("article", "by"), article=_TEXT, by=_NAME, record={"type": "object"}, type=_TEXT, note=_NOTE,
                           slots={"type": "object", "additionalProperties": _TEXT}),
        "Undo": _asked(("by",), by=_NAME, correction=_WHOLE),
    }


def _object(**properties: Dict) -> Dict:
    return {"type": "object", "required": list(properties), "properties": properties}


def _asked(needs: tuple[str, ...], **properties: Dict) -> Dict:
    """An object of a request: nothing in it but what is known."""
    return {"type": "object", "required": list(needs), "additionalProperties": False, "properties": properties}


def _list(items: Dict) -> Dict:
    return {"type": "array", "items": items}
