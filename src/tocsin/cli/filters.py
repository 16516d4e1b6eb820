"""The filters of a register as options of a command: ``find`` and ``export`` take the same."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tocsin.knowledge.words import words
from tocsin.register import Filters, parse_box

_say = words()


def _option(name: str, metavar: str) -> Any:
    return typer.Option(f"--{name.replace('_', '-')}", metavar=metavar, help=_say(f"help.find_{name}"),
                        show_default=False)


Texts = list[str] | None
Words_ = Annotated[Texts, typer.Argument(metavar="[WORDS]", help=_say("help.find_words"), show_default=False)]
Type = Annotated[Texts, _option("type", "TYPE")]
Subtype = Annotated[Texts, _option("subtype", "SUBTYPE")]
Party = Annotated[Texts, _option("party", "PARTY")]
Role = Annotated[Texts, _option("role", "ROLE")]
Place = Annotated[Texts, _option("place", "PLACE")]
Status = Annotated[Texts, _option("status", "STATUS")]
MaterielClass = Annotated[Texts, _option("materiel", "CLASS")]
SaidBy = Annotated[Texts, _option("said_by", "WHO")]
Outlet = Annotated[Texts, _option("outlet", "NAME")]
Since = Annotated[str | None, _option("since", "DAY")]
Until = Annotated[str | None, _option("until", "DAY")]
ReportedSince = Annotated[str | None, _option("reported_since", "DAY")]
ReportedUntil = Annotated[str | None, _option("reported_until", "DAY")]
Confidence = Annotated[float | None, _option("min_confidence", "P")]
Historical = Annotated[bool | None, typer.Option("--historical/--no-historical", help=_say("help.find_historical"),
                                                 show_default=False)]
Box = Annotated[str | None, _option("box", "S,W,N,E")]
ArticleId = Annotated[str | None, _option("article", "ID")]
Sort = Annotated[str, typer.Option("--sort", metavar="ORDER", help=_say("help.find_sort"))]
Ascending = Annotated[bool, typer.Option("--ascending", help=_say("help.find_ascending"))]


def filters_of(given: dict[str, Any]) -> Filters:
    """Filters from the options of a command, by name."""
    box, asked = given.pop("box"), given.pop("words")
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Filters.of(words=" ".join(asked) if asked else None, box=parse_box(box) if box else None, **lists)
