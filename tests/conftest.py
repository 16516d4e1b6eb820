"""Fixtures that all tests share: the reader is loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo_register import build_demo
from tocsin.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """The register of ``tocsin demo``."""
    return build_demo(tmp_path_factory.mktemp("demo") / "demo.db", reader)
