"""The demo register, built once for all tests of the application, and clients that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from handmade import result
from tocsin.reader import Reader
from tocsin.register import Register
from tocsin.web.app import make_app
from tocsin.web.settings import Settings
from tocsin.web.tried import Desk

HERE = "http://127.0.0.1:8765"
Client = Callable[..., TestClient]


@pytest.fixture(scope="session")
def web(demo: Path, reader: Reader) -> Iterator[TestClient]:
    """A client of the demo register."""
    with TestClient(make_app(Settings(demo, rate=1e9, burst=1e9), Desk(reader)), base_url=HERE) as client:
        yield client


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register with the three records of ``handmade``: sure, unsure (0.4) and sure again."""
    path = tmp_path / "register.db"
    with Register(path) as register:
        register.add(result())
    return path


@pytest.fixture
def client(tmp_path: Path, reader: Reader) -> Client:
    """Makes clients of other registers, with other settings."""
    def made(register: Path | None = None, base_url: str = HERE, **settings: object) -> TestClient:
        path = register or tmp_path / "register.db"
        Register(path).close()
        given = {"rate": 1e9, "burst": 1e9} | settings
        return TestClient(make_app(Settings(path, **given), Desk(reader)), base_url=base_url)  # type: ignore[arg-type]
    return made
