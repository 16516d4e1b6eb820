"""How far a run is: told by the bytes of its files, whatever holds the articles; and the times of its closing summary."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from archives import answer, record, warc
from tocsin.cli import app, progress
from tocsin.cli.progress import EVERY, Lines, Span, followed, span_words
from tocsin.cli.terminal import Terminal
from tocsin.knowledge.words import words
from tocsin.pipeline import Step, Tally
from tocsin.sources import open_sources
from tocsin.sources.counting import sizes_of
from tocsin.sources.meter import Meter
from toy import reader_1

COUNT = 12


def noise(number: int) -> str:
    """A long text that no packing makes small."""
    draw = random.Random(number)
    return f"Russia gives Latvia {number} tanks. " + " ".join(f"{draw.getrandbits(64):x}" for _ in range(8000))


def rows(first: int = 0) -> list[dict[str, str]]:
    return [{"text": noise(first + number)} for number in range(COUNT)]


def web_archive(first: int = 0) -> bytes:
    return warc([record(f"https://example.org/{first + number}", answer(f"<p>{row['text']}</p>".encode()))
                 for number, row in enumerate(rows(first))])


def wacz(first: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("archive/a.warc.gz", web_archive(first))
    return made.getvalue()


def old_archive(first: int = 0) -> bytes:
    about = b"1 0 IA\nURL IP-address Archive-date Content-type length\n"
    begin = b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain %d\n%b\n" % (len(about), about)
    blocks = [answer(f"<p>{row['text']}</p>".encode()) for row in rows(first)]
    line = b"https://example.org/%d 1.2.3.4 20200101000000 text/html %d\n%b\n"
    return begin + b"".join(line % (number, len(block), block) for number, block in enumerate(blocks, first))


def lines(first: int = 0) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows(first))


def mailbox(first: int = 0) -> bytes:
    return b"".join(f"From ann\nSubject: A\nContent-Type: text/plain\n\n{row['text']}\n\n".encode() for row in rows(first))


MAKERS: dict[str, Callable[[int], bytes]] = {
    "warc.gz": web_archive, "wacz": wacz, "arc": old_archive, "jsonl": lines, "mbox": mailbox,
    "jsonl.gz": lambda first: gzip.compress(lines(first)),
    "csv": lambda first: b"text\n" + b"".join(row["text"].encode() + b"\n" for row in rows(first)),
}


def walked(inputs: list[str]) -> tuple[Meter, list[float]]:
    """What the meter says after each page, as a share of the whole."""
    meter = Meter(sizes_of(inputs))
    assert meter.total
    with meter.in_use():
        return meter, [meter.done / meter.total for _ in open_sources(inputs)]


@pytest.mark.parametrize("kind", MAKERS)
def test_the_share_grows_with_the_bytes_of_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.{kind}").write_bytes(MAKERS[kind](number * COUNT))
    inputs = [str(path) for path in sorted(tmp_path.iterdir())]
    meter, shares = walked(inputs)
    assert meter.total == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert len(shares) >= 2 * COUNT
    assert shares == sorted(shares)
    assert all(abs(share - (number + 1) / len(shares)) < 0.15 for number, share in enumerate(shares)), shares
    assert meter.done == meter.total


def test_rows_of_a_parquet_file_count_by_their_number(tmp_path: Path) -> None:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table({"text": [row["text"] for row in rows()]}), tmp_path / "a.parquet")
    _, shares = walked([str(tmp_path / "a.parquet")])
    assert shares == pytest.approx([(number + 1) / COUNT for number in range(COUNT)], abs=0.01)


def test_folders_patterns_and_files_that_are_looked_into_first_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.html", "deep/c.txt", "no.png", ".hidden.txt"):
        (folder / name).write_text("Russia gives Latvia 7 tanks. " * 50)
    one = (folder / "a.txt").stat().st_size
    for inputs, files in (([str(folder)], 3), ([str(folder / "*.txt")], 1), ([str(folder / "**" / "*.txt")], 2),
                          ([str(folder / "a.txt"), str(tmp_path / "missing.txt")], 1)):
        meter, shares = walked(inputs)
        assert (meter.total, meter.done) == (files * one, files * one), inputs
        assert shares[-1] <= 1


def test_what_is_no_file_has_no_size(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("Guns.")
    for given in ("-", "https://example.org/a.warc.gz", str(tmp_path / "pipe.txt")):
        assert sizes_of([str(tmp_path / "a.txt"), given]) is None
    assert Meter(None).total is None
    assert Meter({}).total is None


def test_the_time_that_remains_is_told_by_what_was_read_of_late() -> None:
    time = [0.0]
    meter = Meter({"a": 1000})
    said = Lines(meter, lambda: time[0])
    at = [0]
    with meter.reads("a", lambda: at[0]):
        time[0], at[0] = EVERY - 1, 900
        assert not said.due()
        at[0] = 100
        time[0] = EVERY
        assert said.due()
        assert said.left() == pytest.approx(9 * EVERY)
        time[0], at[0] = 2 * EVERY, 400
        assert said.due()
        assert said.left() == pytest.approx(2 * EVERY)
        time[0] = 3 * EVERY
        assert said.due()
        assert said.left() is None  # nothing was read since
    unknown = Lines(Meter(None), lambda: time[0])
    time[0] += EVERY
    assert unknown.due()
    assert unknown.left() is None


@pytest.mark.parametrize(("seconds", "told"), [
    (0.2, "1 s"), (89, "89 s"), (100, "2 min"), (5300, "88 min"), (9000, "2.5 h")])
def test_a_span_is_told_roughly(seconds: float, told: str) -> None:
    assert span_words(seconds, words()) == told


@pytest.mark.parametrize("known", [True, False])
def test_a_terminal_sees_share_count_rate_and_time(known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(progress, "messages", lambda: Terminal(file=shown, force_terminal=True, width=100))
    meter, tally, at = Meter({"a": 10} if known else None), Tally(), [0]

    def steps() -> object:
        with meter.reads("a", lambda: at[0]):
            for number in range(5):
                at[0] = number
                tally.outcomes["new"] += 1
                yield Step("a")

    assert not followed(steps(), meter, tally, words())  # type: ignore[arg-type]
    last = Console(width=100, file=io.StringIO()).render_str(shown.getvalue()).plain
    assert "5 articles" in last
    assert "/s" in last
    assert ("%" in last, ":" in last.replace("\x1b[?25", "")) == (known, known)


def test_elsewhere_a_line_tells_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    meter, tally, at = Meter({"a": 10}), Tally(), [0]

    def steps() -> object:
        with meter.reads("a", lambda: at[0]):
            for at[0] in (2, 4):
                tally.outcomes["new"] += 1
                yield Step("a")

    followed(steps(), meter, tally, words())  # type: ignore[arg-type]
    said = capsys.readouterr().err.splitlines()
    assert "1 article so far" in said[0]
    assert "; 40 % read, about 1 s left" in said[1]


def test_the_summary_says_when_how_long_and_how_fast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["tocsin.cli.ingest"], "make_reader", reader_1)
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_bytes(lines())

    def run(*options: str) -> str:
        return CliRunner().invoke(app, ["ingest", "a.jsonl", *options]).stdout

    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    told = json.loads(run("--json"))
    began, ended = (dt.datetime.fromisoformat(told[name]) for name in ("began", "ended"))
    assert before <= began <= ended <= dt.datetime.now(dt.UTC)
    assert told["words"] == sum(len(row["text"].split()) for row in rows())
    assert told["articles_per_second"] == pytest.approx(COUNT / told["seconds"], rel=0.05)
    assert told["words_per_second"] == pytest.approx(told["words"] / told["seconds"], rel=0.05)
    again = json.loads(run("--json"))
    assert (again["known"], again["words"], again["articles_per_second"], again["words_per_second"]) == (COUNT, 0, 0, 0)
    assert "words a second" not in run()
    assert "words a second" in run("--register", "other.db")


def test_the_clock_of_the_machine_may_be_set_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    span = Span(began=1_000_000.0)
    found = span.as_dict(Tally())
    assert found["began"] == "1970-01-12T13:46:40+00:00"
    assert found["ended"] == found["began"]
    assert 0 <= found["seconds"] < 60
