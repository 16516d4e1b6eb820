"""The page on which a reviewer says who judges."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import UsageError
from tocsin.web import reviewer
from tocsin.web.answers import page
from tocsin.web.reviewing import Form, back_of, form_of


def form(request: Request) -> Response:
    """Ask for the name."""
    return _asked(request, {"by": reviewer.known(request), "back": request.query_params.get("back", "")})


async def change(request: Request) -> Response:
    """Keep the name, and lead back."""
    given = await form_of(request)
    try:
        name = reviewer.checked(given.get("by", ""))
    except UsageError as error:
        return _asked(request, given, str(error), 400)
    answer = RedirectResponse(back_of(given) or "/review", 303)
    reviewer.keep(answer, name)
    return answer


def _asked(request: Request, given: Form, message: str = "", status: int = 200) -> Response:
    return page(request, "reviewer.html", status=status, given=given, message=message)
