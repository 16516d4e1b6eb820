"""What every operation of the API is made of: where it is asked, the object that its body holds, the page of a list.

In: a request, rows. Out: checked fields, JSON. ``api.py`` and ``review_api.py`` list the operations.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.register import Row
from tocsin.web.answers import API, as_json
from tocsin.web.asked import VIEW, Asked, Pairs, Parameter

PAGES = tuple(parameter for parameter in VIEW if parameter.name in ("page", "limit"))
_KINDS: dict[str, tuple[type, ...]] = {"string": (str,), "boolean": (bool,), "integer": (int,), "object": (dict,),
                                       "list": (list,), "any": (object,)}


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask: where, with what, and which schema the answer has (``openapi.py``)."""

    path: str
    name: str
    endpoint: Callable[[Request], Any]
    gives: str
    parameters: tuple[Parameter, ...] = ()
    method: str = "GET"
    takes: str = "Text"  # the schema of the body of a POST

    @property
    def route(self) -> str:
        """The path as Starlette has it: a party's key may hold slashes."""
        return API + self.path.replace("{party}", "{party:path}")


def body(content: bytes, fields: Mapping[str, str], needs: tuple[str, ...] = ()) -> dict[str, Any]:
    """The JSON object of a request, its fields of the right kinds. UsageError says what is wrong."""
    say = words()
    try:
        given = json.loads(content, parse_constant=_no_number)
        json.dumps(given, ensure_ascii=False).encode()  # half a character cannot be written down
    except (ValueError, RecursionError):
        raise UsageError(say("web.no_json")) from None
    if not isinstance(given, dict):
        raise UsageError(say("web.no_json"))
    known = ", ".join(f"{field} ({kind})" for field, kind in fields.items())
    for name, value in given.items():
        fits = name in fields and isinstance(value, _KINDS[fields[name]])
        if not fits or (fields[name] == "integer" and isinstance(value, bool)):
            raise UsageError(say("web.no_field", name=name, known=known))
    for name in needs:
        if name not in given:
            raise UsageError(say("web.field_missing", name=name, known=known))
    return given


def _no_number(text: str) -> None:
    raise ValueError(text)


def row_json(row: Row) -> dict[str, Any]:
    """A record with its article in short and what reviewers made of it."""
    review = asdict(row.review) if row.review is not None else None
    return {"article": asdict(row.article), "record": row.data, "review": review}


def paged(request: Request, asked: Asked, total: int, name: str, rows: list[Any], kept: Pairs | None = None) -> Response:
    """A page of a list, with the addresses of itself and its neighbours, which have the pairs in ``kept`` too."""
    pages = max(1, -(-total // asked.limit))
    path = request.url.path
    around = {"self": asked.page, "prev": asked.page - 1 if 1 < asked.page <= pages + 1 else None,
              "next": asked.page + 1 if asked.page < pages else None}
    links = {rel: f"{path}?{urlencode([*asked.at(number).pairs(), *(kept or ())])}".rstrip("?") if number else None
             for rel, number in around.items()}
    header = ", ".join(f'<{link}>; rel="{rel}"' for rel, link in links.items() if link and rel != "self")
    return as_json(request, {"total": total, "page": asked.page, "pages": pages, "limit": asked.limit, "links": links,
                             name: rows}, headers={"link": header} if header else None)
