"""How far a visitor has seen the register: so that the overview can say what is new since the last visit.

In: the cookie of a browser. Out: the highest record number that was there at the end of the visit before this one. A visit
ends where nothing was asked for half an hour. Nothing of it is kept here.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "tocsin_seen"
_PAUSE = 1_800
_YEAR = 365 * 86_400
_FORM = re.compile(r"(\d{1,15})\.(\d{1,15})\.(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Visit:
    """``seen``: the highest number at the end of the last visit, 0 where there was none; ``first``: this is the first."""

    seen: int = 0
    first: bool = True


def of(request: Request, now: float | None = None) -> Visit:
    """What the cookie says."""
    found = _FORM.fullmatch(request.cookies.get(COOKIE, ""))
    if found is None:
        return Visit()
    before, latest, asked = (int(part) for part in found.groups())
    ended = (time.time() if now is None else now) - asked > _PAUSE
    return Visit(latest if ended else before, not ended and not before)


def keep(response: Response, visit: Visit, latest: int, now: float) -> None:
    """Keep how far the visitor has seen the register now."""
    response.set_cookie(COOKIE, f"{visit.seen}.{latest}.{int(now)}", max_age=_YEAR, httponly=True, samesite="lax")
