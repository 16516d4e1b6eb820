"""The schemas of incidents in the OpenAPI document.

In: nothing. Out: components by name.
"""

from __future__ import annotations

from tocsin.export.incident_schema import (
    COUNT,
    OR_NONE,
    TEXT,
    WHOLE,
    Dict,
    a_list,
    an_object,
    incident_schema,
    one_of,
    told,
)
from tocsin.incidents.decisions import Action
from tocsin.incidents.model import Judgement
from tocsin.web.reviewer import MOST
from tocsin.web.reviewing import MOST_NOTE


def told_of_incidents() -> Dict:
    """Components: incidents, what joined them, decisions."""
    reason = an_object(points={"type": ["number", "null"]}, words=TEXT)
    pair = an_object(incident=TEXT, other_incident=TEXT, one=TEXT, other=TEXT, judgement=one_of(Judgement),
                     score={"type": "number"}, reasons=a_list(reason))
    links = an_object(self=TEXT, prev=OR_NONE, next=OR_NONE)
    decisions = a_list({"$ref": "#/components/schemas/IncidentDecision"})
    return {
        "Incident": an_object(**incident_schema()["properties"], why=a_list(pair), unsure=a_list(pair), decisions=decisions),
        "Incidents": an_object(total=WHOLE, page=WHOLE, pages=WHOLE, limit=WHOLE, links=links,
                               incidents=a_list(an_object(**told(), parties=TEXT, report_count=WHOLE))),
        "IncidentDecision": an_object(id=WHOLE, action=one_of(Action), reviewer=TEXT, made=TEXT, ones=a_list(TEXT),
                                      others=a_list(TEXT), note=OR_NONE, undoes=COUNT),
        "IncidentJudgement": {
            "type": "object", "required": ["incident", "action", "by"], "additionalProperties": False, "properties": {
                "incident": TEXT, "action": one_of(Action), "other": TEXT, "records": a_list(TEXT), "decision": WHOLE,
                "by": TEXT | {"minLength": 1, "maxLength": MOST, "pattern": r"\S"},
                "note": TEXT | {"maxLength": MOST_NOTE}}},
    }
