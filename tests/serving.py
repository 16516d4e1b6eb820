"""A server of a register in a thread of this process; imports nothing that reads texts."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from tocsin.web.app import make_app
from tocsin.web.settings import Settings

# Settings under which no number of requests is refused, and an answer may take as long as a busy machine needs.
UNHURRIED = {"rate": 1e9, "burst": 1e9, "answer_time": 600.0}
_PATIENCE = 60.0


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve a register in a thread of this process, for as long as the block runs; gives the address without a slash."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = make_app(Settings(path, **UNHURRIED))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2, server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + _PATIENCE
    while not server.started:
        assert thread.is_alive(), "the server ended"
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
        listener.close()
