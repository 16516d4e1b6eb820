"""What is asked of a register: filters that narrow one another, each with one value or several.

Several values of one filter mean any of them; only several parties mean all of them ("RUS" and "TJK" in one record), and
a value ``RUS,BLR`` any of the two. A party may carry its role: ``supplier=RUS``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model.record import Status

Sort = str  # one of sorting.order_names()
Box = tuple[float, float, float, float]
Several = Sequence[str]
_MANY = ("type", "subtype", "party", "role", "place", "status", "materiel", "said_by", "outlet")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a query; what is left out narrows nothing.

    ``words``: all must stand in the article or quotes; "a phrase", begin* and -without are understood. ``since``, ``until``:
    days (YYYY, YYYY-MM, YYYY-MM-DD) that the event's time must touch; ``reported_since``, ``reported_until``: the same for
    the day of publication. ``box``: south, west, north, east in degrees. ``article``: an article's id;
    ``copies_of``: the id of one whose text others have too, whole, cut or edited: the records of all of them.
    """

    words: str | None = None
    type: Several = ()
    subtype: Several = ()
    party: Several = ()
    role: Several = ()
    place: Several = ()
    status: Several = ()
    materiel: Several = ()
    said_by: Several = ()
    outlet: Several = ()
    since: str | None = None
    until: str | None = None
    reported_since: str | None = None
    reported_until: str | None = None
    min_confidence: float | None = None
    historical: bool | None = None
    box: Box | None = None
    article: str | None = None
    copies_of: str | None = None

    @classmethod
    def of(cls, **given: Any) -> Filters:
        """Filters from keywords, a single word standing for a list of one. UsageError names what is not known."""
        known = {field.name for field in fields(cls)}
        for name in given:
            if name not in known:
                raise UsageError(words()("find.unknown_filter", name=name, known=", ".join(sorted(known))))
        values = {name: value for name, value in given.items() if value is not None}
        for name in _MANY:
            value = values.get(name, ())
            values[name] = (value,) if isinstance(value, str) else tuple(value)
        made = cls(**values)
        made.check()
        return made

    def check(self) -> None:
        """UsageError where a value cannot be one."""
        say = words()
        for status in self.status:
            if status not in get_args(Status):
                raise UsageError(say("find.unknown_status", value=status, known=", ".join(get_args(Status))))
        for day in (self.since, self.until, self.reported_since, self.reported_until):
            period(day)
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise UsageError(say("error.confidence", value=self.min_confidence))
        if self.box is not None:
            _check_box(self.box)


def parse_box(text: str) -> Box:
    """``south,west,north,east`` in degrees."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(words()("find.box", value=text)) from None
    _check_box((south, west, north, east))
    return south, west, north, east


def period(text: str | dt.date | None) -> tuple[dt.date, dt.date] | None:
    """First and last day of a year, a month or a day."""
    if text is None:
        return None
    found = _DAY.match(str(text))
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        first = dt.date(year, month or 1, day or 1)
        if day is not None:
            return first, first
        after = dt.date(year + 1, 1, 1) if month in (None, 12) else dt.date(year, month + 1, 1)
        return first, after - dt.timedelta(days=1)
    except ValueError:
        raise UsageError(words()("find.day", value=text)) from None


def _check_box(box: Box) -> None:
    south, west, north, east = box
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise UsageError(words()("find.box", value=",".join(map(str, box))))
