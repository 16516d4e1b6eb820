"""The ledger: each page of a source is read exactly once, whatever happens between, and failures keep their reasons."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import answer, page, record, warc
from killing import ENV, HERE, kill
from tocsin.model import Article
from tocsin.pipeline import apart
from tocsin.reading.language import is_foreign
from tocsin.register import Register
from toy import ingest, state

LINE = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13."
MORE = "The ministers of both countries said that the trucks had been on their way for a week and that more would follow."


def story(number: int, line: str = LINE, *, markup: bool = False) -> bytes:
    if markup:
        body = f"<p>{line}</p><p>{MORE} It was convoy number {number}.</p>"
        return record(f"https://example.org/{number}", answer(page(f"Convoy {number}", body)))
    text = f"Convoy {number}\n\n{line}\n\n{MORE} It was convoy number {number}."
    return record(f"https://example.org/{number}", answer(text.encode(), "text/plain"))


def stories(count: int, distinct: int | None = None, *, markup: bool = False) -> list[bytes]:
    return [story(number % (distinct or count), markup=markup) for number in range(count)]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(warc(stories(12)))
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Places of the pages that were read."""
    found: list[str] = []
    read = apart.read_pages
    monkeypatch.setattr(apart, "read_pages", lambda page, how: (found.append(page.where), read(page, how))[1])
    return found


def test_what_stands_in_the_ledger_is_not_read_again(archive: Path, tmp_path: Path, asked: list[str]) -> None:
    tally = ingest(tmp_path / "r.db", [str(archive)]).tally
    assert (tally.outcomes, tally.records, len(asked)) == ({"new": 12}, 12, 12)
    tally = ingest(tmp_path / "r.db", [str(archive)]).tally
    assert (tally.outcomes, tally.records, len(asked)) == ({"known": 12}, 0, 12)
    archive.write_bytes(warc([*stories(12), story(12)]))
    assert ingest(tmp_path / "r.db", [str(archive)]).tally.outcomes == {"known": 12, "new": 1}
    assert len(asked) == 13


def test_another_coder_reads_again_and_a_changed_page_too(archive: Path, tmp_path: Path, asked: list[str]) -> None:
    ingest(tmp_path / "r.db", [str(archive)])
    assert ingest(tmp_path / "r.db", [str(archive)], version="2.0").tally.outcomes == {"reread": 12}
    changed = [story(number, LINE.replace("12", "15") if number == 11 else LINE) for number in range(12)]
    archive.write_bytes(warc(changed))
    assert ingest(tmp_path / "r.db", [str(archive)], version="2.0").tally.outcomes == {"known": 11, "version": 1}
    assert len(asked) == 25


def test_pages_of_one_address_keep_their_order_whenever_they_are_met(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(warc([story(1), story(1, "Latvia attacks Mali.")]))
    assert ingest(tmp_path / "r.db", [str(archive)]).tally.outcomes == {"new": 1, "version": 1}
    before = state(tmp_path / "r.db")
    assert ingest(tmp_path / "r.db", [str(archive)]).tally.outcomes == {"known": 2}
    assert state(tmp_path / "r.db") == before


def test_a_page_that_cannot_be_read_keeps_its_reason_and_is_tried_when_asked_for(
        archive: Path, tmp_path: Path, asked: list[str]) -> None:
    archive.write_bytes(warc([story(1), record("https://example.org/empty", answer(b"\0\0\0", "text/plain"))]))
    for again, times in ((False, 2), (False, 2), (True, 3)):
        tally = ingest(tmp_path / "r.db", [str(archive)], again=again).tally
        assert ["is binary" in failure.message for failure in tally.failures] == [True]
        assert len(asked) == times
    with Register(tmp_path / "r.db") as register:
        assert [failure.source.startswith(f"{archive}#") for failure in register.failures.open()] == [True]


def test_a_cut_archive_is_told_each_time_and_completed_without_doubles(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    ingest(tmp_path / "whole.db", [str(archive)])
    for share in (0.3, 0.6, 0.9):
        archive.write_bytes(whole[:int(len(whole) * share)])
        for _ in range(2):
            tally = ingest(tmp_path / "r.db", [str(archive)]).tally
            assert len(tally.failures) == 1
            assert "cut off" in tally.failures[0].message
    archive.write_bytes(whole)
    assert ingest(tmp_path / "r.db", [str(archive)]).tally.failures == []
    assert state(tmp_path / "r.db") == state(tmp_path / "whole.db")


def test_a_full_disk_stops_and_loses_nothing(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(warc(stories(60)))
    most = 400_000  # bytes of a file: in the midst of the ingest
    ingest(tmp_path / "r.db", [])
    command = [sys.executable, str(HERE / "toy.py"), str(tmp_path / "r.db"), "1", "1.0", str(archive)]
    full = subprocess.run(command, env=ENV, capture_output=True, check=False, text=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert full.returncode != 0
    assert "RegisterError" in full.stderr
    with Register(tmp_path / "r.db") as register:
        kept = register.summary().articles
    assert kept < 60
    ingest(tmp_path / "r.db", [str(archive)])
    ingest(tmp_path / "whole.db", [str(archive)])
    assert state(tmp_path / "r.db") == state(tmp_path / "whole.db")


def test_two_ingests_at_once_read_everything_once(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(warc(stories(24, 20)))
    command = [sys.executable, str(HERE / "toy.py"), str(tmp_path / "r.db"), "1", "1.0", str(archive)]
    both = [subprocess.Popen(command, env=ENV | {"TOY_DELAY": "0.01"}, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(one.communicate()[1], one.returncode) for one in both] == [(b"", 0), (b"", 0)]
    ingest(tmp_path / "whole.db", [str(archive)])
    assert state(tmp_path / "r.db") == state(tmp_path / "whole.db")


def test_an_ingest_of_an_archive_that_was_killed_is_completed(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(warc(stories(40, 35, markup=True)))
    draw, path = random.Random(5), tmp_path / "r.db"
    assert kill(path, archive, 2, draw) == []
    ingest(path, [str(archive)])
    ingest(tmp_path / "whole.db", [str(archive)])
    assert state(path) == state(tmp_path / "whole.db")


def test_what_is_not_english_is_stored_counted_and_told(tmp_path: Path) -> None:
    german = ("Die Regierung hat am Montag mitgeteilt, dass die Haubitzen in der kommenden Woche nach Riga gebracht werden. "
              "Der Minister sagte, die Lieferung sei die dritte in diesem Jahr und nicht die letzte. ") * 3
    (tmp_path / "a.txt").write_text(german)
    (tmp_path / "b.txt").write_text(LINE)
    tally = ingest(tmp_path / "r.db", [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]).tally
    assert (tally.languages, tally.outcomes) == ({"de": 1}, {"new": 2})
    base = Article(id="", text_sha256="", source="x", text=german)
    assert [is_foreign(base.model_copy(update={"language": code})) for code in ("de", "en", None)] == [True, False, False]
    assert not is_foreign(base.model_copy(update={"language": "de", "text": german[:200]}))  # short texts are mistaken
