"""``tocsin serve``: what it says, where it listens, how fast it is there, and that it needs no language model for it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.cli import serve as serve_

PROGRAM = [sys.executable, "-c", "from tocsin.cli import main; main()"]


@contextmanager
def serving(register: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A running server: its address as it told it, and the process."""
    command = [*PROGRAM, "serve", "--register", str(register), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"})
    try:
        assert process.stdout is not None
        found = re.search(r"at (http://\S+)", process.stdout.readline())
        assert found
        yield found[1], process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


def got(address: str) -> tuple[int, str]:
    """Status and body."""
    until = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def test_it_serves_the_register_and_ends_on_ctrl_c(demo: Path) -> None:
    with serving(demo) as (address, process):
        assert address.startswith("http://127.0.0.1:")
        status, page = got(address)
        assert status == 200
        assert "in 113 articles" in page
        assert got(f"{address}api/v1/records?limit=1")[0] == 200
    assert process.returncode == 0


def test_on_another_address_a_token_is_printed_and_needed(demo: Path) -> None:
    with serving(demo, "--host", "0.0.0.0") as (address, _):
        assert "?token=" in address
        here = address.replace("0.0.0.0", "127.0.0.1")
        bare, token = here.split("?token=")
        assert got(bare)[0] == 401
        request = urllib.request.Request(f"{bare}api/v1/records?limit=1", headers={"authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status == 200


def test_the_language_model_is_not_loaded_for_the_pages(demo: Path) -> None:
    code = ("import sys\nfrom pathlib import Path\nfrom starlette.testclient import TestClient\n"
            "from tocsin.web.app import make_app\nfrom tocsin.web.settings import Settings\n"
            f"client = TestClient(make_app(Settings(Path({str(demo)!r}))), base_url='http://localhost')\n"
            "assert client.get('/').status_code == client.get('/records?party=RUS').status_code == 200\n"
            "print([name for name in ('onnxruntime', 'tokenizers') if name in sys.modules])\n")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_without_a_register_it_says_how_to_make_one(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["serve", "--register", str(tmp_path / "no.db")])
    assert ran.exit_code == 2
    assert "tocsin demo" in ran.stderr
    assert not (tmp_path / "no.db").exists()


def test_what_is_no_register_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database at all, and long enough to be looked at as one")
    ran = CliRunner().invoke(app, ["serve", "--register", str(tmp_path / "x.db")])
    assert ran.exit_code == 3
    assert "no register" in ran.stderr


def test_a_port_in_use_is_told_with_another(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[serve_.__module__], "_run", lambda *given, **more: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        ran = CliRunner().invoke(app, ["serve", "--register", str(demo), "--port", str(port)])
    assert ran.exit_code == 2
    assert f"--port {port + 1}" in ran.stderr


def test_an_address_of_another_machine_is_refused(demo: Path) -> None:
    ran = CliRunner().invoke(app, ["serve", "--register", str(demo), "--host", "203.0.113.7"])
    assert ran.exit_code == 2
    assert "203.0.113.7" in ran.stderr
