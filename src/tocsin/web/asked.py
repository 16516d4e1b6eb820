"""What an address asks of the register, and the address that asks it: the one definition behind pages, exports, JSON,
feeds and their OpenAPI document.

In: the query of a URL. Out: ``Asked``, and from it again the same query (``Asked.query``), shortest form, fixed order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model.record import Status
from tocsin.register import Filters, Sort, parse_box
from tocsin.register.sorting import by_number, order_names

Kind = Literal["text", "many", "day", "number", "flag", "box", "choice", "whole"]
Pairs = list[tuple[str, str]]
# A year, a month or a day of the calendar.
_LEAP = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
FULL_DAY = (r"([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
            rf"|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP})")
DAY = rf"^(?!0000)([0-9]{{4}}(-(0[1-9]|1[0-2]))?|{FULL_DAY})$"
PAGE = 50
MOST, MOST_PAGE = 500, 1_000_000
_CONTROLS = dict.fromkeys(range(32), " ")  # no word has any, and the index would take the first for an end
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name that an address knows. ``about`` is a key of the catalogue; ``choices`` are the only values."""

    name: str
    kind: Kind
    about: str
    choices: tuple[str, ...] = ()


def _filter(name: str, kind: Kind, choices: tuple[str, ...] = ()) -> Parameter:
    return Parameter(name, kind, f"help.find_{name}", choices)


FILTERS: tuple[Parameter, ...] = (
    _filter("words", "text"), _filter("type", "many"), _filter("subtype", "many"), _filter("party", "many"),
    _filter("role", "many"), _filter("place", "many"), _filter("since", "day"), _filter("until", "day"),
    _filter("reported_since", "day"), _filter("reported_until", "day"), _filter("status", "many", get_args(Status)),
    _filter("min_confidence", "number"), _filter("historical", "flag", (YES, NO)), _filter("materiel", "many"),
    _filter("said_by", "many"), _filter("outlet", "many"), _filter("box", "box"), _filter("article", "text"),
    _filter("copies_of", "text"),
)
VIEW: tuple[Parameter, ...] = (
    Parameter("sort", "choice", "help.find_sort", order_names()),
    Parameter("ascending", "flag", "help.find_ascending", (YES, NO)),
    Parameter("page", "whole", "web.about_page"),
    Parameter("limit", "whole", "web.about_limit"),
)
COLUMNS = Parameter("columns", "many", "web.about_columns")
PARAMETERS = {parameter.name: parameter for parameter in (*FILTERS, *VIEW, COLUMNS)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A view of the register: which records, in which order, which page of them, and the columns (empty: those of the
    type)."""

    filters: Filters = field(default_factory=Filters)
    sort: Sort = "published"
    ascending: bool = False
    page: int = 1
    limit: int = PAGE
    columns: tuple[str, ...] = ()

    @property
    def offset(self) -> int:
        """How many records come before the page."""
        return (self.page - 1) * self.limit

    def query(self, *, without: Sequence[str] = ()) -> str:
        """The query of the address that asks this."""
        return urlencode([pair for pair in self.pairs() if pair[0] not in without])

    def pairs(self) -> Pairs:
        """Names and values, what stands for itself left out."""
        found: Pairs = []
        for parameter in PARAMETERS.values():
            found += [(parameter.name, text) for text in _texts(self, parameter)]
        return found

    def chosen(self) -> Pairs:
        """The filters alone."""
        return [(name, value) for name, value in self.pairs() if name in _FILTER_NAMES]

    def at(self, page: int) -> Asked:
        """The same on another page."""
        return replace(self, page=page)

    def by(self, sort: Sort) -> Asked:
        """Sorted by something, words from A, numbers and days from the highest; turned round where it is sorted so
        already."""
        ascending = not self.ascending if sort == self.sort else not by_number(sort)
        return replace(self, sort=sort, ascending=ascending, page=1)

    def also(self, name: str, *values: str) -> Asked:
        """With more values of a filter that takes several, or another value of one that takes one; on the first page."""
        held: Any = getattr(self.filters, name)
        many = PARAMETERS[name].kind == "many"
        return self.only(**{name: (*held, *(v for v in values if v not in held)) if many
                            else _value(PARAMETERS[name], values[0])})

    def less(self, name: str, value: str) -> Asked:
        """Without one value of a filter."""
        held: Any = getattr(self.filters, name)
        left = tuple(v for v in held if v != value) if PARAMETERS[name].kind == "many" else None
        return self.only(**{name: left})

    def only(self, **values: Any) -> Asked:
        """With filters set anew."""
        return replace(self, filters=replace(self.filters, **values), page=1)


_FILTER_NAMES = frozenset(one.name for one in fields(Filters))


def parse(given: Iterable[tuple[str, str]], allowed: Iterable[Parameter] | None = None) -> Asked:
    """What a query asks. Empty values ask nothing. UsageError names what is not known or cannot be."""
    known = PARAMETERS if allowed is None else {parameter.name: parameter for parameter in allowed}
    filters: dict[str, Any] = {}
    view: dict[str, Any] = {}
    for name, value in given:
        parameter = known.get(name)
        if parameter is None:
            raise UsageError(words()("find.unknown_filter", name=name, known=", ".join(known)))
        if not value.strip():
            continue
        into = filters if name in _FILTER_NAMES else view
        if parameter.kind == "many":
            into.setdefault(name, []).append(value.strip())
        else:
            into[name] = _value(parameter, value.strip())
    view["columns"] = tuple(dict.fromkeys(part for value in view.get("columns", ()) for part in value.split(",") if part))
    distinct = {name: tuple(dict.fromkeys(value)) if isinstance(value, list) else value for name, value in filters.items()}
    return Asked(Filters.of(**distinct), **view)


def _value(parameter: Parameter, text: str) -> Any:
    say = words()
    if parameter.choices and text not in parameter.choices:
        raise UsageError(say("web.unknown_value", name=parameter.name, value=text, known=", ".join(parameter.choices)))
    if parameter.kind == "day" and not re.search(DAY, text):
        raise UsageError(say("find.day", value=text))
    if parameter.name == "words":
        return text.translate(_CONTROLS).strip() or None
    if parameter.kind == "flag":
        return text == YES
    if parameter.kind == "box":
        return parse_box(text)
    if parameter.kind == "number":
        return _number(parameter, text)
    if parameter.kind == "whole":
        most = MOST if parameter.name == "limit" else MOST_PAGE
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
            raise UsageError(say("web.no_whole", name=parameter.name, value=text, most=most))
        return int(text)
    return text


def _number(parameter: Parameter, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(words()("error.confidence", value=text)) from None


def _texts(asked: Asked, parameter: Parameter) -> list[str]:
    """The values of a parameter as an address has them."""
    name = parameter.name
    if name == "columns":
        return [",".join(asked.columns)] if asked.columns else []
    if name not in _FILTER_NAMES:
        value = getattr(asked, name)
        return [] if value == getattr(_PLAIN, name) else [YES if value is True else str(value)]
    value = getattr(asked.filters, name)
    if value is None or value == ():
        return []
    if parameter.kind == "many":
        return list(value)
    if parameter.kind == "flag":
        return [YES if value else NO]
    if parameter.kind == "box":
        return [",".join(f"{degree:g}" for degree in value)]
    return [f"{value:g}" if parameter.kind == "number" else str(value)]


_PLAIN = Asked()
