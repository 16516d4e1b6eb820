"""The slots of a record from the cells of a row: names looked up in the tables, numbers and days as they are stated.

Where the row says itself what a name stands for (a country, a class, bounds), that goes before the tables.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model import Record
from tocsin.pipeline.cells import Cells
from tocsin.review.fill import Filler
from tocsin.review.place_words import Words

Dict = dict[str, Any]
_TOLLS = ("killed", "wounded", "captured")
_BOOL = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Slots:
    """What a row fills. ``record`` has its type, status and evidence; ``use`` is how equipment of its type is used."""

    cells: Cells
    record: Record
    filler: Filler
    published: dt.date | None
    use: str | None

    def found(self) -> Dict:
        """All slots that the row fills."""
        tolls = {name: self._count(name) for name in _TOLLS}
        return {
            "historical": self._flag(), "roles": self._roles(), "materiel": self._materiel(), "time": self._time(),
            "places": self._places(), "personnel": self._count("personnel"), "casualties": tolls,
            "attribution": [self._source(part) for part in self.cells.parts("attribution")],
            "quantity": self._quantity(), "instrument": self._instrument()}

    def _word(self, slot: str, part: Words) -> Any:
        """What words stand for, at the place where they stand in the row."""
        return self.filler.in_words(slot, part.text, self.record, self.cells.text, published=self.published,
                                    near=(part.start,))

    def _flag(self) -> bool:
        said = (self.cells.value("historical") or "no").lower()
        if said not in _BOOL:
            raise _bad("historical", said)
        return _BOOL[said]

    def _roles(self) -> Dict:
        found: Dict = {}
        for slot in self.cells.mapping.columns:
            role = slot.removeprefix("roles.")
            if not slot.startswith("roles.") or role.endswith(".country"):
                continue
            parts = self.cells.parts(slot)
            if parts and role not in self.record.roles:
                raise UsageError(words()("import.no_role", role=role, type=self.record.type, said=parts[0].text))
            if role in self.record.roles:
                countries = self._beside(f"{slot}.country", len(parts))
                found[role] = [self._party(slot, part, country) for part, country in zip(parts, countries, strict=True)]
        return dict.fromkeys(self.record.roles, ()) | found

    def _party(self, slot: str, part: Words, country: str | None) -> Dict:
        party: Dict = self._word(slot, part)[0] if ";" not in part.text else self._plain_party(slot, part)
        if self.cells.mapping.names:
            party["name"] = part.text
        if f"{slot}.country" in self.cells.mapping.columns:
            party["country"] = country
        return party

    def _source(self, part: Words) -> Dict:
        source: Dict = self._word("attribution", part)[0] if ";" not in part.text else self._plain_party("attribution", part)
        return source | ({"name": part.text} if self.cells.mapping.names else {})

    def _plain_party(self, slot: str, part: Words) -> Dict:
        """A name with a semicolon in it, in a table that parts names otherwise: as it stands."""
        return {"text": part.text, "start": part.start, "end": part.end, "name": part.text, "kind": "unidentified"}

    def _beside(self, slot: str, n: int) -> list[str | None]:
        """The values of a column that goes along with another: as many as that has, or none at all."""
        if slot not in self.cells.mapping.columns or not n:
            return [None] * n
        found = self.cells.listed(slot) or [""] * n
        if len(found) != n:
            raise UsageError(words()("import.uneven", column=self.cells.mapping.columns[slot], n=len(found), wanted=n))
        return [one or None for one in found]

    def _materiel(self) -> list[Dict]:
        parts = self.cells.parts("materiel")
        columns = {name: self._beside(f"materiel.{name}", len(parts)) for name in ("class", "count", "min", "max")}
        found = []
        for n, part in enumerate(parts):
            item = self._word("materiel", part)[0]
            item["use"] = self.use
            if columns["class"][n]:
                item["class"] = columns["class"][n]
            if columns["count"][n]:
                item["count"] = self._stated("materiel.count", columns["count"][n] or "")
            elif "materiel.min" in self.cells.mapping.columns or "materiel.max" in self.cells.mapping.columns:
                item["count"] = _bounds("materiel", columns["min"][n], columns["max"][n])
            found.append(item)
        return found

    def _stated(self, slot: str, said: str) -> Dict:
        """A number in words or digits, somewhere in its cell."""
        start = self.cells.starts[self.cells.mapping.columns[slot]]
        at = self.cells.text.index(said, start)
        count: Dict = self._word("personnel", Words(at, at + len(said), said))
        return count

    def _count(self, slot: str) -> Dict | None:
        if self.cells.cell(slot):
            return self._stated(slot, self.cells.cell(slot) or "")
        low, high = self.cells.value(f"{slot}.min"), self.cells.value(f"{slot}.max")
        return _bounds(slot, low, high) if low or high else None

    def _time(self) -> Dict:
        if said := self.cells.value("time"):
            start = self.cells.starts.get(self.cells.mapping.columns.get("time", ""), 0)
            time: Dict = self._word("time", Words(start, start + len(said), said))
            return time | ({"basis": "stated"} if time["basis"] == "corrected" else {})
        given = {name: self.cells.value(f"time.{name}") for name in ("edtf", "earliest", "latest")}
        text = self.cells.cell("time.text")
        basis = self.cells.value("time.basis") or ("stated" if any(given.values()) else "none")
        found: Dict = {**given, "basis": basis}
        if text:
            start = self.cells.starts[self.cells.mapping.columns["time.text"]]
            found |= {"text": text, "start": start, "end": start + len(text)}
        return found

    def _places(self) -> list[Dict]:
        found = [self._place(part) for part in self.cells.parts("place")]
        if found:
            found[0] |= self._first_place()
        return found

    def _place(self, part: Words) -> Dict:
        """A place by its name; where the table's names hold, ours is one of the same name or none."""
        if ";" in part.text:
            return _plain_place(part)
        place: Dict = self._word("places", part)[0]
        return place if not self.cells.mapping.names or place["name"] == part.text else _plain_place(part)

    def _first_place(self) -> Dict:
        """What the row says itself of the principal place; where it has columns for it, nothing is looked up for these."""
        columns, value = self.cells.mapping.columns, self.cells.value
        found: Dict = {}
        if "place.name" in columns and value("place.name"):
            found["name"] = value("place.name")
        for name in ("country", "precision"):
            if value(f"place.{name}"):
                found[name] = value(f"place.{name}")
        if "place.lat" in columns:
            found |= {"lat": _number("place.lat", value("place.lat")), "lon": _number("place.lon", value("place.lon"))}
        if "place.geonameid" in columns:
            number = value("place.geonameid")
            found["geonameid"] = _whole("place.geonameid", number) if number else None
        if "place.country" in columns and not value("place.country"):
            found["country"] = None
        return found

    def _quantity(self) -> Dict | None:
        part = next(iter(self.cells.parts("quantity", whole=True)), None)
        if part is None:
            return None
        unit = self.cells.value("quantity.unit")
        if unit is None:
            amount: Dict = self._word("quantity", part)
            return amount
        low, high = (_number("quantity", self.cells.value(f"quantity.{name}")) for name in ("min", "max"))
        return {"text": part.text, "start": part.start, "end": part.end, "min": low, "max": high, "unit": unit,
                "kind": _kind(low, high)}

    def _instrument(self) -> Dict | None:
        part = next(iter(self.cells.parts("instrument", whole=True)), None)
        return None if part is None else {"text": part.text, "start": part.start, "end": part.end, "name": part.text}


def _plain_place(part: Words) -> Dict:
    return {"text": part.text, "start": part.start, "end": part.end, "name": part.text, "precision": "site", "role": "site"}


def _bounds(slot: str, low: str | None, high: str | None) -> Dict:
    least, most = (_whole(slot, one) if one else None for one in (low, high))
    return {"min": least, "max": most, "kind": _kind(least, most)}


def _kind(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "unstated" if low is None and high is None else "at_least" if high is None else "at_most"
    return "exact" if low == high else "range"


def _whole(slot: str, text: str) -> int:
    try:
        return int(text.replace(",", "").replace(" ", ""))
    except ValueError:
        raise _bad(slot, text) from None


def _number(slot: str, text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        raise _bad(slot, text or "") from None


def _bad(slot: str, said: str) -> UsageError:
    return UsageError(words()("import.bad_value", slot=slot, reason=said))
