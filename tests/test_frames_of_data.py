"""Records as data frames hold what the CSV export holds, typed; the examples run and draw a figure each."""

from __future__ import annotations

import csv
import datetime as dt
import io
import runpy
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import UsageError
from tocsin.export.csv import headings, joined, lines
from tocsin.register import Register
from tocsin.register.flat import columns

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
VIEW: dict[str, Any] = {"type": ("arms_transfer", "armed_incident"), "sort": "when"}


def cells(demo: Path) -> list[dict[str, str]]:
    with Register(demo, read_only=True) as register:
        return list(csv.DictReader(io.StringIO("".join(lines(register.find(**VIEW))), newline="")))


def as_text(value: Any) -> str:
    if isinstance(value, list):
        value = joined(value)
    if value is None or value != value:  # what is missing in a column of floats
        return ""
    return str(value)


def test_polars_holds_what_the_csv_holds(demo: Path) -> None:
    polars = pytest.importorskip("polars")
    with Register(demo, read_only=True) as register:
        frame = register.to_polars(**VIEW)
        assert register.find(**VIEW, limit=3).to_polars().equals(frame.head(3))
        empty = register.to_polars(outlet="nobody")
    assert tuple(frame.columns) == headings()
    assert frame.schema["earliest"] == polars.Date
    assert frame.schema["killed_min"] == polars.Int64
    assert frame.schema["supplier"] == polars.List(polars.String)
    assert (empty.height, empty.schema) == (0, frame.schema)
    for row, line in zip(frame.iter_rows(named=True), cells(demo), strict=True):
        assert {name: as_text(value) for name, value in row.items()} == line


def test_pandas_holds_the_same(demo: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with Register(demo, read_only=True) as register:
        frame = register.to_pandas(**VIEW)
        assert len(register.to_pandas(outlet="nobody")) == 0
    assert tuple(frame.columns) == headings()
    assert str(frame["killed_min"].dtype) == "Int64"
    assert pandas.api.types.is_datetime64_any_dtype(frame["published"])
    kinds = {column.name: column.type for column in columns()}
    for (_, row), line in zip(frame.iterrows(), cells(demo), strict=True):
        for name, value in row.items():
            missing = not isinstance(value, list) and pandas.isna(value)
            day = value.date().isoformat() if kinds[name] == "day" and not missing else value
            assert ("" if missing else as_text(day)) == line[name], name


def test_days_are_days(demo: Path) -> None:
    pytest.importorskip("polars")
    with Register(demo, read_only=True) as register:
        frame = register.to_polars(since="2023", until="2023")
    assert all(isinstance(day, dt.date) for day in frame["published"].drop_nulls())


def test_a_frame_without_its_package_says_how_to_get_it(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("tocsin.register.needed.import_module", missing)
    with Register(demo, read_only=True) as register:
        for name in ("polars", "pandas"):
            with pytest.raises(UsageError, match=rf"pip install 'tocsin\[{name}\]'"):
                getattr(register, f"to_{name}")(limit=1)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Runs an example as a program, in this process: to start one is to load three big packages anew."""
    for package in ("matplotlib", "pandas", "polars"):
        pytest.importorskip(package)

    def run(script: str, *arguments: str) -> None:
        monkeypatch.setattr(sys, "argv", [script, *arguments])
        runpy.run_path(str(EXAMPLES / script), run_name="__main__")

    yield run
    import_module("matplotlib.pyplot").close("all")


@pytest.mark.parametrize(("script", "arguments", "said"), [
    ("arms_transfers.py", ["--region", "UKR", "TUR"], "supplier"), ("exercise_tempo.py", [], "exercises in"),
    ("who_cites_whom.py", [], "cite nobody"),
])
def test_an_example_runs_and_draws(demo: Path, tmp_path: Path, run: Callable[..., None], script: str, arguments: list[str],
                                   said: str, capsys: pytest.CaptureFixture[str]) -> None:
    figure = tmp_path / "figure.png"
    run(script, str(demo), *arguments, "-o", str(figure))
    assert said in capsys.readouterr().out
    assert figure.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert figure.stat().st_size > 10_000


def test_every_example_is_run_here() -> None:
    assert {file.name for file in EXAMPLES.glob("*.py")} == {"arms_transfers.py", "exercise_tempo.py", "who_cites_whom.py"}


def example(name: str) -> dict[str, Any]:
    for package in ("matplotlib", "pandas", "polars"):
        pytest.importorskip(package)
    return runpy.run_path(str(EXAMPLES / name))


def test_the_examples_count_what_the_register_holds(demo: Path, tmp_path: Path) -> None:
    with Register(demo, read_only=True) as register:
        transfers = [row.record for row in register.find(type="arms_transfer", party="recipient=UKR")]
        held = register.count(type="military_exercise", status=("occurred", "ongoing"), historical=False)
        told = {(row.article.publisher, row.article.id, said.name) for row in register.find()
                for said in row.record.attribution}
        silent = sum(not row.record.attribution for row in register.find())
    table = example("arms_transfers.py")["transfers"](str(demo), ["UKR"])
    pairs = [(one.country, other.country) for record in transfers for one in record.roles["supplier"]
             for other in record.roles["recipient"]]
    assert table["records"].sum() == sum(bool(s) and r == "UKR" for s, r in pairs)
    assert set(table["supplier"]) == {s for s, r in pairs if s and r == "UKR"}
    tempo = example("exercise_tempo.py")
    assert tempo["tempo"](tempo["exercises"](str(demo))).to_numpy().sum() == held
    cited, own = example("who_cites_whom.py")["citations"](str(demo))
    assert (cited["articles"].sum(), own) == (len(told), silent)


def test_the_examples_draw_an_empty_register_too(tmp_path: Path, run: Callable[..., None]) -> None:
    path = tmp_path / "empty.db"
    Register(path).close()
    for script in ("arms_transfers.py", "exercise_tempo.py", "who_cites_whom.py"):
        run(script, str(path), "-o", str(tmp_path / "figure.png"))
