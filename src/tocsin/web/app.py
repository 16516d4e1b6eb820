"""The application: which address leads where, and what stands around it.

In: settings. Out: an ASGI application. Everything goes through ``safety.Guard`` first.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from tocsin.export.exporters import EXPORTERS
from tocsin.export.incidents import INCIDENT_EXPORTERS
from tocsin.knowledge.words import words
from tocsin.register.names import party_names
from tocsin.web import adding, files, incident_queue, incidents, measuring, naming, pages, reading, reviewing, trying
from tocsin.web.answers import ERRORS, failed, problem, refusal
from tocsin.web.api import OPERATIONS
from tocsin.web.names import names
from tocsin.web.safety import Guard
from tocsin.web.settings import Settings
from tocsin.web.tried import Desk


def make_app(settings: Settings, desk: Desk | None = None) -> ASGIApp:
    """The application for a register; ``desk`` reads what is pasted, one of its own where None."""
    app = Starlette(routes=_routes(), exception_handlers={**dict.fromkeys(ERRORS, failed), Exception: _defect},
                    lifespan=_warmed)
    app.state.settings, app.state.desk = settings, desk or Desk()
    return Guard(app, settings, refusal)


def _routes() -> list[Route | Mount]:
    return [
        Route("/", pages.home, name="home"),
        Route("/records", pages.register, name="records"),
        *(Route(f"/records.{name}", partial(files.export, name), name=f"export_{name}") for name in EXPORTERS),
        *(Route(f"/records.{name}.left-out", partial(files.left_out, name)) for name, one in EXPORTERS.items() if one.unfit),
        *(Route(f"/records.{name}.dictionary", partial(files.dictionary, name)) for name in EXPORTERS),
        Route("/records.atom", files.feed, name="feed"),
        Route("/records/{record}", pages.record, name="record"),
        Route("/incidents", incidents.listed, name="incidents"),
        *(Route(f"/incidents.{name}", partial(files.export_incidents, name), name=f"incidents_{name}")
          for name in INCIDENT_EXPORTERS),
        *(Route(f"/incidents.{name}.dictionary", partial(files.incidents_dictionary, name)) for name in INCIDENT_EXPORTERS),
        Route("/incidents/{incident}", incidents.incident, name="incident"),
        Route("/incidents/{incident}", incidents.decide, methods=["POST"], name="decide_incident"),
        Route("/articles/{article}", reading.reader, name="article"),
        Route("/articles/{article}/explain", reading.explain, name="explain"),
        Route("/parties/{party:path}", pages.party, name="party"),
        Route("/try", trying.form, name="try"),
        Route("/try", trying.send, methods=["POST"], name="try_send"),
        Route("/review", reviewing.queue, name="review"),
        Route("/review", reviewing.decide, methods=["POST"], name="decide"),
        Route("/review/agreement", measuring.agreement, name="agreement"),
        Route("/review/gold.zip", measuring.gold, name="gold"),
        Route("/review/incidents", incident_queue.queue, name="unsure"),
        Route("/articles/{article}/add", adding.form, name="add"),
        Route("/articles/{article}/add", adding.add, methods=["POST"], name="add_record"),
        Route("/review/name", naming.form, name="reviewer"),
        Route("/review/name", naming.change, methods=["POST"], name="name_reviewer"),
        *(Route(one.route, one.endpoint, methods=[one.method], name=f"api_{one.name}") for one in OPERATIONS),
        Route("/favicon.ico", lambda request: RedirectResponse("/static/icon.svg", 301)),  # asked for beside JSON and feeds
        Mount("/static", StaticFiles(packages=[("tocsin.web", "static")]), name="static"),
    ]


def _defect(request: Request, error: Exception) -> Response:
    """A defect of ours; what it was goes to the log and not to the page."""
    return problem(request, 500, words()("web.defect"))


@asynccontextmanager
async def _warmed(app: Starlette) -> AsyncIterator[None]:
    """Load the tables of names while the first page is still being asked for; at the end, end what reads aside."""
    threading.Thread(target=lambda: (names(), party_names()), daemon=True).start()
    yield
    app.state.desk.close()
