"""The public surface: the names that follow SemVer, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import tocsin


def test_the_public_names_are_these() -> None:
    assert sorted(tocsin.__all__) == ["Article", "Reader", "Record", "Register", "Result", "TocsinError", "verify"]


def test_every_public_name_loads() -> None:
    assert all(getattr(tocsin, name) is not None for name in tocsin.__all__)


def test_an_unknown_name_says_what_is_there() -> None:
    with pytest.raises(AttributeError, match="Reader"):
        tocsin.Registrar  # noqa: B018


def test_types_are_shipped() -> None:
    assert (Path(tocsin.__file__).parent / "py.typed").is_file()
