"""The filters of a register as options of a command: ``find`` and ``export`` take all of them, ``review`` some."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from tocsin.knowledge.words import words
from tocsin.register import Filters, parse_box

_say = words()


def _option(name: str, metavar: str) -> Any:
    return typer.Option(f"--{name.replace('_', '-')}", metavar=metavar, help=_say(f"help.find_{name}"),
                        show_default=False)


Texts = list[str] | None
Day = str | None
Sort = Annotated[str, typer.Option("--sort", metavar="ORDER", help=_say("help.find_sort"))]
Ascending = Annotated[bool, typer.Option("--ascending", help=_say("help.find_ascending"))]


def _options(
    words: Annotated[Texts, typer.Argument(metavar="[WORDS]", help=_say("help.find_words"), show_default=False)] = None,
    type: Annotated[Texts, _option("type", "TYPE")] = None,
    subtype: Annotated[Texts, _option("subtype", "SUBTYPE")] = None,
    party: Annotated[Texts, _option("party", "PARTY")] = None,
    role: Annotated[Texts, _option("role", "ROLE")] = None,
    place: Annotated[Texts, _option("place", "PLACE")] = None,
    since: Annotated[Day, _option("since", "DAY")] = None,
    until: Annotated[Day, _option("until", "DAY")] = None,
    reported_since: Annotated[Day, _option("reported_since", "DAY")] = None,
    reported_until: Annotated[Day, _option("reported_until", "DAY")] = None,
    status: Annotated[Texts, _option("status", "STATUS")] = None,
    min_confidence: Annotated[float | None, _option("min_confidence", "P")] = None,
    historical: Annotated[bool | None, typer.Option("--historical/--no-historical", help=_say("help.find_historical"),
                                                    show_default=False)] = None,
    materiel: Annotated[Texts, _option("materiel", "CLASS")] = None,
    said_by: Annotated[Texts, _option("said_by", "WHO")] = None,
    outlet: Annotated[Texts, _option("outlet", "NAME")] = None,
    box: Annotated[str | None, _option("box", "S,W,N,E")] = None,
    article: Annotated[str | None, _option("article", "ID")] = None,
    copies_of: Annotated[str | None, _option("copies_of", "ID")] = None,
) -> None:
    """The options, as the command line is to show them."""


_OPTIONS = inspect.signature(_options, eval_str=True).parameters


def filtered(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the options of the filters of these names (of all, when none is given) in place of its parameter
    ``filters``, which is made of them."""
    options = {name: option for name, option in _OPTIONS.items() if not names or name in names}

    def of(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**given: Any) -> None:
            command(filters=_filters_of({name: given.pop(name) for name in options}), **given)

        own = inspect.signature(command, eval_str=True).parameters.values()
        shown = [option for one in own for option in (options.values() if one.name == "filters" else [one])]
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # typer asks for it
            [option.replace(kind=inspect.Parameter.KEYWORD_ONLY) for option in shown]
        )
        run.__annotations__ = {option.name: option.annotation for option in shown}
        return run

    return of


def _filters_of(given: dict[str, Any]) -> Filters:
    """Filters from the options of a command, by name."""
    box, asked = given.pop("box", None), given.pop("words", None)
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Filters.of(words=" ".join(asked) if asked else None, box=parse_box(box) if box else None, **lists)
