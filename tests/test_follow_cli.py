"""``tocsin follow`` and ``tocsin sources`` from the command line."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from feed_world import START, FakeClock, World, answer, outlet, stored
from tocsin.cli import app
from tocsin.cli.follow import seconds_of
from tocsin.errors import UsageError
from tocsin.sources import RawPage, open_sources
from toy import reader_1

Run = Callable[..., Result]


@pytest.fixture
def world() -> Iterator[World]:
    made = World(FakeClock(START))
    made.open()
    made.hosts["127.0.0.1"] = outlet(made, "127.0.0.1")
    yield made
    made.close()


@pytest.fixture
def run(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    for module in ("follow", "sources"):  # whose commands have their names
        monkeypatch.setattr(sys.modules[f"tocsin.cli.{module}"], "SystemClock", lambda: world.clock)
    monkeypatch.setattr(sys.modules["tocsin.cli.follow"], "make_reader", reader_1)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_one_round_is_told_kept_and_counted(run: Run, world: World, tmp_path: Path) -> None:
    url = world.url("127.0.0.1")
    ran = run("follow", url, "--once", "--allow-private", "--keep", "kept", "--report", "rounds.jsonl",
              "--metrics", "m.prom", "--contact", "desk@example.org")
    assert ran.exit_code == 0, ran.output
    assert "3 fetched (3 new)" in ran.output
    assert stored(tmp_path / "register.db") == {world.url("127.0.0.1", f"/{n}"): 1 for n in range(3)}
    assert len([page for page in open_sources(["kept"]) if isinstance(page, RawPage)]) == 3
    assert "tocsin_follow_records_total 3.0" in (tmp_path / "m.prom").read_text()
    assert "; desk@example.org)" in world.asked[0][3]["user-agent"]
    world.clock.sleep(1000)
    again = run("follow", url, "--once", "--allow-private", "--report", "rounds.jsonl", "--json")
    assert json.loads(again.stdout)["feeds"]["unchanged"] == 1
    rounds = [json.loads(line) for line in (tmp_path / "rounds.jsonl").read_text().splitlines()]
    assert [found["articles"]["fetched"] for found in rounds] == [3, 0]


def test_it_goes_on_until_it_is_stopped(run: Run, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sleep, end = world.clock.sleep, START + 3 * 3600

    def until(seconds: float) -> None:
        sleep(seconds)
        if world.clock.now() > end:
            raise KeyboardInterrupt

    monkeypatch.setattr(world.clock, "sleep", until)
    ran = run("follow", world.url("127.0.0.1"), "--every", "1h", "--allow-private", "--json")
    assert ran.exit_code == 0
    assert "stopped; what was read is kept" in ran.output
    assert world.paths("127.0.0.1").count("/feed") == 3


def test_this_machine_is_asked_only_where_that_is_wanted(run: Run, world: World) -> None:
    ran = run("follow", world.url("127.0.0.1"), "--once")
    assert ran.exit_code == 1
    assert "--allow-private" in ran.output
    assert world.asked == []


def test_sources_are_listed_and_checked(run: Run, world: World, tmp_path: Path) -> None:
    listed = [json.loads(line) for line in run("sources", "list", "--json").output.splitlines()]
    assert len(listed) >= 60
    assert {row["verified"] for row in listed} == {"never"}
    told = run("sources", "list").output
    assert all(row["url"] in told for row in listed)  # whole, so that they can be copied
    some = run("sources", "list", "--region", "africa", "--kind", "independent")
    assert "premium_times" in some.output
    assert "tass_en" not in some.output
    (tmp_path / "own" / "sources").mkdir(parents=True)
    (tmp_path / "own" / "sources" / "catalog.yaml").write_text(
        "".join(f'- {{id: {name}, name: {name}, url: "{url}", region: europe, language: en, kind: official}}\n'
                for name, url in (("here", world.url("127.0.0.1")), ("page", world.url("127.0.0.1", "/page")))))
    inner = world.hosts["127.0.0.1"]
    world.hosts["127.0.0.1"] = lambda path, headers: answer("<!doctype html>") if path == "/page" else inner(path, headers)
    ran = run("sources", "check", "here", "page", "--allow-private", "--knowledge", "own", "--json")
    here, page = (json.loads(line) for line in ran.stdout.splitlines())
    assert ran.exit_code == 1
    assert (here["verified"], here["items"], here["newest"], here["reason"]) == ("2026-03-10", 3, "2026-03-10", None)
    assert page["verified"] == "never"
    assert "web page" in page["reason"]
    again = run("sources", "list", "here", "page", "--knowledge", "own", "--json")
    listed = [json.loads(line) for line in again.output.splitlines()]
    assert [row["verified"] for row in listed] == ["2026-03-10", "never"]
    assert stored(tmp_path / "register.db") == {}


@pytest.mark.parametrize(("span", "seconds"), [
    ("90s", 90), ("15m", 900), ("1h", 3600), ("1d", 86_400), ("30", 1800), (" 2 H ", 7200)])
def test_a_span_of_time_is_understood(span: str, seconds: float) -> None:
    assert seconds_of(span) == seconds


@pytest.mark.parametrize("span", ["", "soon", "5s", "-1m", "1.5h", "0"])
def test_what_is_no_span_is_told(span: str) -> None:
    with pytest.raises(UsageError, match="60s or more"):
        seconds_of(span)


def test_an_unknown_source_is_told(run: Run) -> None:
    ran = run("follow", "nobody", "--once")
    assert ran.exit_code == 2
    assert "tocsin sources list" in ran.output


def test_it_says_what_it_begins_with_what_failed_and_when_it_goes_on(run: Run, world: World,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    inner = world.hosts["127.0.0.1"]
    world.hosts["127.0.0.1"] = lambda path, headers: (
        answer(status="404 Not Found") if path == "/1" else inner(path, headers))

    def stop(clock: FakeClock, seconds: float) -> None:
        if seconds > 100:
            raise KeyboardInterrupt
        clock.time += seconds

    monkeypatch.setattr(FakeClock, "sleep", stop)
    ran = run("follow", world.url("127.0.0.1"), "--allow-private", "--every", "1h")
    assert ran.stderr.startswith("following 1 feed into register.db, each every 60 min, until Ctrl-C")
    assert ran.stdout.startswith("2026-03-10 00:00 UTC: feeds 1 read; 3 articles newly listed, 2 fetched (2 new), ")
    assert ran.stdout.endswith(" added, 1 failed, next round 2026-03-10 01:00 UTC\n")
    again = run("follow", world.url("127.0.0.1"), "--allow-private", "--once")
    assert again.stderr == "one round of 1 feed into register.db\n"
    assert "feeds none due; 0 articles newly listed, 0 fetched, 0 records added\n" in again.stdout


@pytest.mark.parametrize(("option", "value"), [
    ("--report", "nowhere/x"), ("--metrics", "nowhere/x"), ("--metrics-port", None)])
def test_what_cannot_be_written_is_told_before_anybody_is_asked(option: str, value: str | None, run: Run,
                                                                world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("follow", world.url("127.0.0.1"), "--allow-private", "--once", option, value or taken.getsockname()[1])
    assert ran.exit_code not in (0, 1)
    assert (value or "give another --metrics-port") in ran.stderr
    assert not world.asked


def test_a_report_that_fails_later_does_not_end_it(run: Run, world: World, tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object, path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tocsin.pipeline.follow_report.Metrics.write", full)
    ran = run("follow", world.url("127.0.0.1"), "--allow-private", "--once", "--metrics", "m.prom")
    assert ran.exit_code == 0
    assert "not written this time: [Errno 28] No space left on device" in ran.stderr
    assert not (tmp_path / "m.prom").exists()
