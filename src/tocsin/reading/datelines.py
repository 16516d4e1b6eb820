"""The dateline of an article ("DUSHANBE, Sept 11 (Reuters) - "): place, day and agency, each as it is written there.

In: the words of a dateline. Out: its parts, None for what it lacks. The day has a year only where the dateline has one.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from tocsin.knowledge.loader import Tables
from tocsin.reading.dates import date_words

_AGENCY = re.compile(r"\((?P<agency>[^()]{2,60})\)")
_END = re.compile(r"[\s\u2014\u2013\u2015:_-]+$")
_PARTS = re.compile(r"\s*[/,;]\s*|\s+-\s+|\s+\u2013\s+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Parts of a dateline: place as written, month and day (and year where it is told), agency by its usual name."""

    place: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    agency: str | None = None

    def date(self, near: dt.date | None) -> dt.date | None:
        """The day that it tells; of a day without a year that next to a known day (the day of publication)."""
        if self.month is None or self.day is None:
            return None
        years = [self.year] if self.year else [near.year - 1, near.year, near.year + 1] if near else []
        found = []
        for year in years:
            try:
                found.append(dt.date(year, self.month, self.day))
            except ValueError:
                continue
        return min(found, key=lambda one: abs((one - (near or one)).days), default=None)

    def as_extra(self, near: dt.date | None) -> dict[str, str | None]:
        """The parts as ``article.extra`` keeps them."""
        day = self.date(near)
        return {"place": self.place, "date": day.isoformat() if day else None, "agency": self.agency}


def read_dateline(words: str) -> Dateline:
    """The parts of a dateline."""
    bare = _END.sub("", " ".join(words.split()))
    found = _AGENCY.search(bare)
    agency = named_agency(found["agency"]) if found else None
    rest = (bare[:found.start()] + bare[found.end():] if found else bare).strip(" ,")
    when = _day_pattern().search(rest)
    month = day = year = None
    if when:
        month = date_words().months[(when["month"] or when["after"]).casefold().rstrip(".")]
        day = int(when["day"] or when["before"])
        year = int(when["year"]) if when["year"] else None
        rest = (rest[:when.start()] + rest[when.end():]).strip(" ,")
    if agency is None and "/" in rest:  # "MOSCOW/TASS"
        place, _, name = rest.rpartition("/")
        agency = named_agency(name)
        rest = place if agency else rest
    return Dateline(rest.strip(" ,.") or None, month, day, year, agency)


def named_agency(words: str) -> str | None:
    """The agency that words name, alone or among others ("AFP/Reuters", "AP, Kyodo": the first); None for none."""
    known = _agencies()
    for part in (words, *_PARTS.split(words)):
        name = part.strip(" .")
        if found := known.get(name) or (known.get(name.casefold()) if len(name) > 5 else None):
            return found
    return None


def credited_agency(text: str) -> str | None:
    """The agency that a line names as its source ("Source: Xinhua"); None for none."""
    line = " ".join(text.split())
    if len(line) > 200:
        return None
    found = _credit_pattern().search(line)
    return named_agency(next(name for name in found.groups() if name)) if found else None


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    table = Tables().mapping("reading/agencies.yaml")["agencies"]
    names = {name: agency for agency, written in table.items() for name in written}
    return names | {name.casefold(): agency for name, agency in names.items() if len(name) > 5}


@lru_cache(maxsize=1)
def _credit_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_agencies(), key=len, reverse=True)))
    forms = [re.escape(form).replace("%s", rf"(?:the )?({names})(?!\w)")
             for form in Tables().mapping("reading/agencies.yaml")["credits"]]
    return re.compile("|".join(forms), re.IGNORECASE)


@lru_cache(maxsize=1)
def _day_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, date_words().months), key=len, reverse=True))
    return re.compile(rf"\b(?:(?P<month>{months})\.? (?P<day>\d{{1,2}})|(?P<before>\d{{1,2}}) (?P<after>{months})\.?)"
                      rf"(?:,? (?P<year>\d{{4}}))?(?!\w)", re.IGNORECASE)
