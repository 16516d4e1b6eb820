"""Fixtures that all tests share: the reader is loaded once."""

from __future__ import annotations

import pytest

from tocsin.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()
