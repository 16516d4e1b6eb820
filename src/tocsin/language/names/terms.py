"""Whom an office-holder stood for on the day of publication: one who headed a government then and a body of states later
spoke for the government.

In: mentions and the day. Out: the same mentions, their people with the country of the office that they held then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tocsin.knowledge.names import Name
from tocsin.language.names.mentions import NameMention


def set_terms(mentions: Sequence[NameMention], published: dt.date | None) -> None:
    """Give people the country of their office on the day; without a day, or an office then, that of the table stays."""
    if published is None:
        return
    day = published.isoformat()
    for mention in mentions:
        if mention.party is not None:
            mention.party = _then(mention.party, day)


def _then(name: Name, day: str) -> Name:
    """The person as of a day."""
    offices = name.row.get("offices") or []
    if name.sort != "person" or name.sector != "GOV" or not any(o.get("country") for o in offices):
        return name
    held = next((o for o in offices if holds(o, day)), None)
    country = held.get("country") if held is not None else None
    return replace(name, country=country) if country else name


def holds(office: dict[str, Any], day: str) -> bool:
    """Whether an office was held on a day; an end that nobody knows is none."""
    start, end = office.get("from"), office.get("to")
    return start is not None and str(start) <= day and (end is None or day <= str(end))
