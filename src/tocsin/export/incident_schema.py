"""The JSON Schema of an incident as ``tocsin incident --json``, export and API give it. In: nothing. Out: schemas."""

from __future__ import annotations

from typing import Any, get_args

from tocsin.incidents.history import State
from tocsin.incidents.origins import OriginKind
from tocsin.incidents.values import Standing

Dict = dict[str, Any]
TEXT: Dict = {"type": "string"}
WHOLE: Dict = {"type": "integer"}
FLAG: Dict = {"type": "boolean"}
OR_NONE: Dict = {"type": ["string", "null"]}
COUNT: Dict = {"type": ["integer", "null"]}


def incident_schema() -> Dict:
    """A whole incident."""
    value = an_object(text=TEXT, reports=a_list(TEXT), outlets=a_list(TEXT), origins=a_list(TEXT), planned=FLAG)
    slot = an_object(slot=TEXT, standing=one_of(Standing), values=a_list(value), low=COUNT, high=COUNT)
    report = an_object(name=TEXT, record=TEXT, article=TEXT, title=OR_NONE, outlet=TEXT, copies=a_list(TEXT), url=OR_NONE,
                       source=TEXT, published=OR_NONE, status=TEXT, said_by=a_list(TEXT), quotes=a_list(TEXT))
    step = an_object(day=OR_NONE, status=TEXT, subtype=OR_NONE, report=TEXT)
    return an_object(**told(), history=a_list(step), values=a_list(slot), reports=a_list(report))


def told() -> Dict:
    """What is told of an incident wherever it is listed."""
    origin = an_object(key=TEXT, kind=one_of(OriginKind), name=TEXT, country=OR_NONE, names=a_list(TEXT),
                       outlets=a_list(TEXT), reports=a_list(TEXT))
    grade = an_object(letter=TEXT, by=OR_NONE, figure=WHOLE, rule=TEXT, origins=WHOLE, sides=WHOLE, denied=FLAG,
                      disputed=FLAG)
    return {"id": TEXT, "type": TEXT, "subtype": OR_NONE, "state": one_of(State), "spell": FLAG, "stale": FLAG,
            "due": OR_NONE, "denied_by": a_list(TEXT), "first_report": OR_NONE, "last_report": OR_NONE,
            "origins": a_list(origin), "outlets": a_list(TEXT), "grade": grade}


def one_of(literal: Any) -> Dict:
    """One of the words of a Literal."""
    return TEXT | {"enum": list(get_args(literal))}


def an_object(**properties: Dict) -> Dict:
    """An object that has all its members."""
    return {"type": "object", "required": list(properties), "properties": properties}


def a_list(items: Dict) -> Dict:
    """A list of the like."""
    return {"type": "array", "items": items}
