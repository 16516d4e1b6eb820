"""How ``make demo`` ends: with the application on a terminal, until Ctrl-C; at once where nobody looks."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

CODE = "from tocsin.cli import main; main()"
_PATIENCE = 120.0
ADDRESS = re.compile(r"at (http://127\.0\.0\.1:\d+/)")


class Terminal:
    """``make demo`` on a terminal of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        kept = {name: value for name, value in os.environ.items()
                if name not in ("CI", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY")}
        self.said = ""
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.execvpe("make", ["make", "--no-print-directory", "-f", str(folder / "Makefile"), "demo"],
                       kept | environment)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *error: object) -> None:
        with suppress(OSError):
            os.close(self.screen)  # whoever still runs on it is told to hang up
            os.waitpid(self.pid, 0)

    def until(self, pattern: str) -> re.Match[str]:
        """What the program said, as soon as it said that."""
        end = time.monotonic() + _PATIENCE
        while (found := re.search(pattern, self.said)) is None:
            assert time.monotonic() < end, self.said
            assert self._more(), self.said
        return found

    def ended(self) -> int:
        """Exit status, once it ended."""
        while self._more():
            pass
        os.close(self.screen)
        self.screen = -1
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def keys(self, typed: bytes) -> None:
        """Type."""
        os.write(self.screen, typed)

    def _more(self) -> bool:
        try:
            if select.select([self.screen], [], [], _PATIENCE)[0]:
                self.said += os.read(self.screen, 65536).decode("utf-8", "replace")
                return True
        except OSError:  # the other side is closed
            pass
        return False


@pytest.fixture
def folder(tmp_path: Path, demo: Path) -> Path:
    """A folder with a Makefile as the project's, and with the register built before, so that nothing is read again."""
    shutil.copy(demo, tmp_path / "demo.db")
    command = f'{sys.executable} -c "{CODE}" demo --register {tmp_path}/demo.db --html {tmp_path}/demo.html'
    (tmp_path / "Makefile").write_text(f"demo:\n\t@{command}\n")
    return tmp_path


def test_on_a_terminal_it_ends_with_the_application_until_ctrl_c(folder: Path) -> None:
    (folder / "browser").write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n')
    (folder / "browser").chmod(0o755)
    with socket.socket() as taken, Terminal(folder, BROWSER=str(folder / "browser")) as terminal:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # another program has the usual port: as good
            taken.bind(("127.0.0.1", 8765))
            taken.listen(1)
        address = terminal.until(ADDRESS.pattern)[1]
        assert ":8765/" not in address
        assert "By type and status" in terminal.said
        terminal.until("Ctrl-C ends it")
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert "113 articles" in answer.read().decode()
        end = time.monotonic() + _PATIENCE
        while not (folder / "opened").exists() or not (folder / "opened").read_text():
            assert time.monotonic() < end
            time.sleep(0.05)
        assert (folder / "opened").read_text().strip() == address
        terminal.keys(b"\x03")
        assert terminal.ended() == 0
        assert "Interrupt" not in terminal.said  # make does not call it a failure
        assert "Traceback" not in terminal.said


def test_with_ci_it_says_the_command_and_ends(folder: Path) -> None:
    with Terminal(folder, CI="true") as terminal:
        assert terminal.ended() == 0
        assert "serve --open --register" in terminal.said
        assert not ADDRESS.search(terminal.said)


def test_without_a_terminal_it_says_the_command_and_ends(folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    ran = subprocess.run(["make", "-f", str(folder / "Makefile"), "demo"], capture_output=True, text=True, check=True,
                         stdin=subprocess.DEVNULL, timeout=_PATIENCE, env=environment)
    assert "serve --open --register" in ran.stdout
    assert not ADDRESS.search(ran.stdout)
