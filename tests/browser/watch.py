"""What a page must never do, watched while a test walks: ask another host, break its own policy, run foreign words, fail.

In: a browser context. Out: a list of what it did, each as a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, WebError

# The init script runs before any script of the page, and outside its policy. A hostile word that runs calls `ran`.
_LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.told(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


class Watch:
    """The faults of a context. A test asks for none at its end (``conftest.py``)."""

    def __init__(self, context: BrowserContext, *own: str) -> None:
        """``own`` are the addresses that pages may be asked from, each as it begins."""
        self.faults: list[str] = []
        self.asked: list[str] = []
        self._own, self._allowed = own, set[int]()
        context.expose_binding("told", lambda source, what: self.faults.append(str(what)))
        context.expose_binding("ran", lambda source, *what: self.faults.append(f"ran: {what}"))
        context.add_init_script(_LISTEN)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Answers with these statuses are no faults while the block runs."""
        self._allowed = set(statuses)
        yield
        self._allowed = set()

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((*self._own, "about:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        status = _STATUS.match(message.text)
        if not (status and int(status[1]) in self._allowed):
            self.faults.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()
