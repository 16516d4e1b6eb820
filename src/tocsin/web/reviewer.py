"""Who judges: a name, asked once and kept in a cookie. It signs corrections and is no account.

In: the fields of a form, the cookie of a browser, else the name that the server was started with. Out: the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from tocsin.errors import UsageError
from tocsin.knowledge.words import words

COOKIE = "tocsin_reviewer"
MOST = 80  # characters of a name
_YEAR = 365 * 86_400


def known(request: Request) -> str:
    """The name that a visitor judges under; empty where none was given yet."""
    kept = _plain(unquote(request.cookies.get(COOKIE, ""), errors="replace"))
    return kept if 0 < len(kept) <= MOST else str(request.app.state.settings.reviewer)


def given(request: Request, form: Mapping[str, str]) -> str:
    """The name that a form gives, else the one that is known. UsageError where it is none, or too long."""
    return checked(form["by"] if form.get("by", "").strip() else known(request))


def checked(name: str) -> str:
    """A name as it is kept. UsageError where it cannot be one."""
    plain = _plain(name)
    if not plain:
        raise UsageError(words()("web.review_no_name"))
    if len(plain) > MOST:
        raise UsageError(words()("web.review_long_name", most=MOST))
    return plain


def keep(response: Response, name: str) -> None:
    """Keep the name in the browser."""
    response.set_cookie(COOKIE, quote(name), max_age=_YEAR, httponly=True, samesite="lax")


def _plain(name: str) -> str:
    """One line of what can be written down."""
    return " ".join(name.encode("utf-8", "replace").decode().split())
