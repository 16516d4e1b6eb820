"""The schemas of incidents in the OpenAPI document.

In: nothing. Out: components by name.
"""

from __future__ import annotations

from typing import Any, get_args

from tocsin.incidents.decisions import Action
from tocsin.incidents.history import State
from tocsin.incidents.model import Judgement
from tocsin.incidents.origins import OriginKind
from tocsin.incidents.values import Standing
from tocsin.web.reviewer import MOST
from tocsin.web.reviewing import MOST_NOTE

Dict = dict[str, Any]
_TEXT: Dict = {"type": "string"}
_WHOLE: Dict = {"type": "integer"}
_NUMBER: Dict = {"type": "number"}
_FLAG: Dict = {"type": "boolean"}
_OR_NONE: Dict = {"type": ["string", "null"]}
_COUNT: Dict = {"type": ["integer", "null"]}


def told_of_incidents() -> Dict:
    """Components: incidents, what joined them, decisions."""
    origin = _object(key=_TEXT, kind=_one_of(OriginKind), name=_TEXT, country=_OR_NONE, names=_list(_TEXT),
                     outlets=_list(_TEXT), reports=_list(_TEXT))
    grade = _object(letter=_TEXT, by=_OR_NONE, figure=_WHOLE, rule=_TEXT, origins=_WHOLE, sides=_WHOLE, denied=_FLAG,
                    disputed=_FLAG)
    told: Dict = {"id": _TEXT, "type": _TEXT, "subtype": _OR_NONE, "state": _one_of(State), "spell": _FLAG, "stale": _FLAG,
                  "due": _OR_NONE, "denied_by": _list(_TEXT), "first_report": _OR_NONE, "last_report": _OR_NONE,
                  "origins": _list(origin), "outlets": _list(_TEXT), "grade": grade}
    value = _object(text=_TEXT, reports=_list(_TEXT), outlets=_list(_TEXT), origins=_list(_TEXT), planned=_FLAG)
    slot = _object(slot=_TEXT, standing=_one_of(Standing), values=_list(value), low=_COUNT, high=_COUNT)
    report = _object(name=_TEXT, record=_TEXT, article=_TEXT, title=_OR_NONE, outlet=_TEXT, copies=_list(_TEXT),
                     url=_OR_NONE, source=_TEXT, published=_OR_NONE, status=_TEXT, said_by=_list(_TEXT),
                     quotes=_list(_TEXT))
    reason = _object(points={"type": ["number", "null"]}, words=_TEXT)
    pair = _object(incident=_TEXT, other_incident=_TEXT, one=_TEXT, other=_TEXT, judgement=_one_of(Judgement),
                   score=_NUMBER, reasons=_list(reason))
    step = _object(day=_OR_NONE, status=_TEXT, subtype=_OR_NONE, report=_TEXT)
    links = _object(self=_TEXT, prev=_OR_NONE, next=_OR_NONE)
    return {
        "Incident": _object(**told, history=_list(step), values=_list(slot), reports=_list(report), why=_list(pair),
                            unsure=_list(pair), decisions=_list({"$ref": "#/components/schemas/IncidentDecision"})),
        "Incidents": _object(total=_WHOLE, page=_WHOLE, pages=_WHOLE, limit=_WHOLE, links=links,
                             incidents=_list(_object(**told, parties=_TEXT, report_count=_WHOLE))),
        "IncidentDecision": _object(id=_WHOLE, action=_one_of(Action), reviewer=_TEXT, made=_TEXT, ones=_list(_TEXT),
                                    others=_list(_TEXT), note=_OR_NONE, undoes=_COUNT),
        "IncidentJudgement": {
            "type": "object", "required": ["incident", "action", "by"], "additionalProperties": False, "properties": {
                "incident": _TEXT, "action": _one_of(Action), "other": _TEXT, "records": _list(_TEXT), "decision": _WHOLE,
                "by": _TEXT | {"minLength": 1, "maxLength": MOST, "pattern": r"\S"},
                "note": _TEXT | {"maxLength": MOST_NOTE}}},
    }


def _one_of(literal: Any) -> Dict:
    return _TEXT | {"enum": list(get_args(literal))}


def _object(**properties: Dict) -> Dict:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Dict) -> Dict:
    return {"type": "array", "items": items}
