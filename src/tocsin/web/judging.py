"""What an address of the review pages asks: which queue, in which order, narrowed to what, and the record in sight.

In: the query of a URL. Out: ``Judging``, and from it again the same query, so that every state of the queue can be sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.register import Filters
from tocsin.register.queue import NARROWED, Order, Which
from tocsin.web.asked import FILTERS, YES, Asked, Pairs, Parameter, parse

RANDOM: Order = "random"
ORDER = Parameter("order", "choice", "web.about_order", get_args(Order))
WHICH = Parameter("which", "choice", "web.about_which", get_args(Which))
RECORD = Parameter("record", "text", "web.about_record")
BLIND = Parameter("blind", "choice", "web.about_blind", (YES,))
EDIT = Parameter("edit", "choice", "web.about_edit", (YES,))
DONE = Parameter("done", "text", "web.about_done")
UNDONE = Parameter("undone", "text", "web.about_done")
OWN = (ORDER, WHICH, RECORD, BLIND, EDIT, DONE, UNDONE)


@dataclass(frozen=True, slots=True)
class Judging:
    """A state of the queue. ``which`` is empty where the order says it; ``done`` and ``undone`` are corrections of which
    the page is to tell."""

    asked: Asked = field(default_factory=Asked)
    order: Order = "uncertain"
    which: Which | None = None
    record: str = ""
    blind: str = ""
    edit: str = ""
    done: str = ""
    undone: str = ""

    @property
    def queue(self) -> Which:
        """Which records wait: those marked for review, unless another queue is asked for. What measures the coder is drawn
        from all, whatever they are marked."""
        which = self.which or "marked"
        return "open" if self.order == RANDOM and which == "marked" else which

    @property
    def source(self) -> str:
        """What is kept with a judgement: only what was drawn at random from all measures the coder."""
        honest = self.queue == "open" and self.asked.filters == Filters()
        return self.order if self.order != RANDOM or honest else NARROWED

    def pairs(self) -> Pairs:
        """Names and values, what stands for itself left out."""
        own = [(one.name, str(getattr(self, one.name))) for one in OWN
               if getattr(self, one.name) != getattr(_PLAIN, one.name)]
        return [*self.asked.chosen(), *own]

    def query(self) -> str:
        """The query of the address that asks this."""
        return urlencode(self.pairs())

    def at(self, record: str | None, **told: Any) -> Judging:
        """The same queue with another record in sight; nothing is told but what is given."""
        return replace(self, record=record or "", **{"edit": "", "done": "", "undone": ""} | told)

    def address(self) -> str:
        """Where it is shown."""
        query = self.query()
        return f"/review?{query}" if query else "/review"


_PLAIN = Judging()


def judging(given: Iterable[tuple[str, str]]) -> Judging:
    """What a query asks. UsageError names what is not known or cannot be."""
    own: dict[str, Any] = {}
    rest: Pairs = []
    for name, value in given:
        parameter = next((one for one in OWN if one.name == name), None)
        if parameter is None:
            rest.append((name, value))
        elif value.strip():
            own[name] = value.strip()
            if parameter.choices and own[name] not in parameter.choices:
                raise UsageError(words()("web.unknown_value", name=name, value=value, known=", ".join(parameter.choices)))
    return Judging(parse(rest, FILTERS), **own)


def from_query(query: str) -> Judging:
    """The same from the text of a query."""
    return judging(parse_qsl(query, keep_blank_values=True))
