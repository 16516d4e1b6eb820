"""``tocsin serve``: the register in the browser, until Ctrl-C. On this machine only, unless another address is given."""

from __future__ import annotations

import errno
import os
import secrets
import socket
import webbrowser
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.terminal import complain, output
from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.register import Register

if TYPE_CHECKING:
    from tocsin.web.settings import Settings

_say = words()
_HOST, _PORT = "127.0.0.1", 8765
_GRACE = 3  # seconds that answers under way have after Ctrl-C


def serve(
    register: RegisterFile = REGISTER,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help=_say("help.host"))] = _HOST,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help=_say("help.port"))] = _PORT,
    open_: Annotated[bool, typer.Option("--open", help=_say("help.open"))] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_say("help.serve_by"), show_default=False)] = None,
) -> None:
    """Show a register in the browser."""
    if not register.exists():
        raise UsageError(_say("serve.no_register", path=register))
    Register(register, read_only=True, tell=complain).close()  # brings an older one up to date, tells what is none
    from tocsin.web.settings import is_loopback, settings_for

    token = None if is_loopback(host) else secrets.token_urlsafe(24)
    reviewer = by or ("" if token else os.environ.get("TOCSIN_REVIEWER", ""))  # others than its user come with a token
    with _listening(host, port) as listener:
        settings = replace(settings_for(register, host, token), reviewer=reviewer)
        _run(listener, settings, _told(listener, host, token, register), open_=open_)


def _run(listener: socket.socket, settings: Settings, address: str, *, open_: bool) -> None:
    """Serve until Ctrl-C."""
    import uvicorn  # with the application a third of a second: wrong usage is told before

    from tocsin.web.app import make_app
    config = uvicorn.Config(make_app(settings), log_level="warning", server_header=False, date_header=True,
                            proxy_headers=False, timeout_keep_alive=15, timeout_graceful_shutdown=_GRACE,
                            h11_max_incomplete_event_size=65_536, limit_concurrency=200)
    if open_:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):  # how one ends it, once the answers under way are out
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; UsageError says why it cannot."""
    bare = host.strip("[]")
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise UsageError(_say("serve.no_host", host=host, reason=error.strerror or error)) from None
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(where)
        found.listen(128)
    except OSError as error:
        found.close()
        raise UsageError(_refused(error, host, port)) from None
    return found


def _refused(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _say("serve.port_taken", port=port, host=host, other=port + 1 if port < 65535 else _PORT)
    if error.errno == errno.EACCES:
        return _say("serve.port_denied", port=port, host=host)
    return _say("serve.no_host", host=host, reason=error.strerror or error)


def _told(listener: socket.socket, host: str, token: str | None, register: Path) -> str:
    """Say where it is, once; gives the address."""
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    address = f"http://{name}:{listener.getsockname()[1]}/" + (f"?token={token}" if token else "")
    console = output()
    console.print(_say("serve.at", register=register, address=address), soft_wrap=True)
    if token:
        console.print(_say("serve.token", token=token), soft_wrap=True)
    console.print(_say("serve.stop"), soft_wrap=True)
    console.file.flush()
    return address
