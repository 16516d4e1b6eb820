"""Ingesting: what becomes of each input, that an interrupted run is simply run again, and that nothing is coded twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from killing import ENV, HERE, alive, articles, kill
from tocsin.errors import UsageError
from tocsin.register import Register
from toy import ToyReader, ingest, state

LINE = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13.\nLatvia attacks Mali.\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"{LINE}{number % 35}")  # the last five are copies
    return folder


def test_each_input_goes_one_way(news: Path, tmp_path: Path) -> None:
    (news / "bad.txt").write_bytes(b"\0\1\2\0")
    tally = ingest(tmp_path / "r.db", [str(news)]).tally
    assert (tally.outcomes, tally.records, len(tally.failures)) == ({"new": 35, "duplicate": 5}, 70, 1)
    assert tally.read == 41
    again = ingest(tmp_path / "r.db", [str(news)]).tally
    assert (again.outcomes, again.records, len(again.failures)) == ({"known": 40}, 0, 1)


def test_workers_give_what_one_process_gives(news: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "one.db", [str(news)])
    tally = ingest(tmp_path / "three.db", [str(news)], workers=3).tally
    assert tally.outcomes == {"new": 35, "duplicate": 5}
    assert state(tmp_path / "three.db") == state(tmp_path / "one.db")
    with Register(tmp_path / "one.db") as one, Register(tmp_path / "three.db") as three:
        assert [row.data for row in one.find(sort="added")] == [row.data for row in three.find(sort="added")]


def test_nothing_known_is_coded(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = ToyReader.read_article
    monkeypatch.setattr(ToyReader, "read_article", lambda self, article, *a, **b: (
        read.append(article.source), whole(self, article, *a, **b))[1])
    ingest(tmp_path / "r.db", [str(news)])
    assert len(read) == 35
    ingest(tmp_path / "r.db", [str(news)])
    assert len(read) == 35


def test_what_changed_in_a_new_version_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(LINE)
    ingest(tmp_path / "r.db", [str(file)])
    file.write_text(LINE.replace("12", "15").replace("Latvia attacks Mali.", "Norway meets Mali."))
    tally = ingest(tmp_path / "r.db", [str(file)]).tally
    assert tally.outcomes == {"version": 1}
    assert tally.changes == {"changed": 1, "added": 1, "removed": 1}


def test_a_defect_is_kept_with_its_reason_and_not_met_again_before_it_is_asked_for(
        news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    (news / "x.txt").write_text(f"{LINE}defect")
    monkeypatch.setenv("TOY_DEFECT", "1")
    first = ingest(path, [str(news)]).tally
    assert [failure.source for failure in first.failures] == [str(news / "x.txt")]
    assert "ZeroDivisionError" in first.failures[0].message
    monkeypatch.delenv("TOY_DEFECT")
    assert len(ingest(path, [str(news)]).tally.failures) == 1  # the same coder: not tried
    assert len(ingest(path, [str(news)], version="2.0").tally.failures) == 0  # another one is
    with Register(path) as register:
        assert register.failures.open() == []


def test_retry_reads_what_failed_and_nothing_else(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    lines = [{"id": "a", "text": LINE}, {"id": "b", "text": f"{LINE}defect"}, {"id": "c", "txt": "?"}]
    (news / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (news / "bad.txt").write_bytes(b"\0\1\2\0")
    monkeypatch.setenv("TOY_DEFECT", "1")
    assert len(ingest(path, [str(news)]).tally.failures) == 3
    monkeypatch.delenv("TOY_DEFECT")
    (news / "bad.txt").write_text("Russia attacks Mali.")
    tally = ingest(path, [], again=True).tally
    assert (tally.outcomes, len(tally.failures)) == ({"new": 2, "known": 1}, 1)
    with Register(path) as register:
        assert [(failure.source.rpartition("#")[2], failure.tries) for failure in register.failures.open()] == [("c", 2)]


def test_a_worker_that_dies_costs_its_article_only(news: Path, tmp_path: Path) -> None:
    (news / "05a.txt").write_text(f"{LINE}crash")
    tally = ingest(tmp_path / "r.db", [str(news)], workers=2).tally
    assert [Path(failure.source).name for failure in tally.failures] == ["05a.txt"]
    assert "ended (status 9)" in tally.failures[0].message
    assert tally.outcomes == {"new": 35, "duplicate": 5}


def test_no_workers_cannot_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 workers"):
        ingest(tmp_path / "r.db", ["x"], workers=0)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_was_killed_is_completed_by_the_next(news: Path, tmp_path: Path, workers: int) -> None:
    ingest(tmp_path / "whole.db", [str(news)])
    draw, path = random.Random(workers), tmp_path / "r.db"
    for _ in range(3):
        assert kill(path, news, workers, draw) == []
    ingest(path, [str(news)])
    assert state(path) == state(tmp_path / "whole.db")


def test_two_ingests_at_once_both_succeed(news: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    command = [sys.executable, str(HERE / "toy.py"), str(path), "1", "1.0", str(news)]
    both = [subprocess.Popen(command, env=ENV | {"TOY_DELAY": "0.005"}, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(one.communicate()[1], one.returncode) for one in both] == [(b"", 0), (b"", 0)]
    ingest(tmp_path / "whole.db", [str(news)])
    assert state(path) == state(tmp_path / "whole.db")


def test_ctrl_c_ends_the_workers_without_a_word_of_theirs(news: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(HERE / "toy.py"), str(tmp_path / "r.db"), "2", "1.0", str(news)]
    running = subprocess.Popen(command, env=ENV | {"TOY_DELAY": "0.1"}, stderr=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + 30
    while not articles(tmp_path / "r.db") and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=20)[1].decode()
    assert said.count("Traceback") == 1  # that of the script itself, which does not catch it
    until = time.monotonic() + 10  # they are told to end; the kernel may take a moment to be done with them
    while alive(running.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(running.pid)
    ingest(tmp_path / "r.db", [str(news)])
    ingest(tmp_path / "whole.db", [str(news)])
    assert state(tmp_path / "r.db") == state(tmp_path / "whole.db")
