"""Incidents: the records of different articles about one event, put beside each other.

``faces.py`` takes from a record what says which event it tells, ``blocks.py`` where it is looked up, ``pairs.py`` decides
about two, ``arrange.py`` (``cluster.py``, ``spells.py``) makes incidents of them, ``decisions.py`` replays what people have
merged and split, ``account.py`` says what an incident shows. Knows no store: ``register/incident_index.py`` keeps all this.
"""

from tocsin.incidents.account import Incident, account, as_json
from tocsin.incidents.decisions import HandDecision
from tocsin.incidents.model import Decision, Face, Reason
from tocsin.incidents.reports import Report

__all__ = ["Decision", "Face", "HandDecision", "Incident", "Reason", "Report", "account", "as_json"]
