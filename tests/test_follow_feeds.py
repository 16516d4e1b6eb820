"""Following feeds: what is asked, how politely, that each article is stored once and each failure named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from feed_world import NOT_FOUND, START, World, answer, follower, moved, outlet, plain, rss, source, stored, world_of
from tocsin.pipeline.follow_report import Metrics, Report
from tocsin.pipeline.keeping import Keeper
from tocsin.register import Register
from tocsin.sources import RawPage, open_sources


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world_of(monkeypatch) as made:
        yield made


def once(world: World, path: Path, *hosts: str, **options: object) -> Report:
    with follower(world, path, [source(world, host) for host in hosts], **options) as follow:  # type: ignore[arg-type]
        return follow.round()


def test_what_a_feed_lists_is_stored_once(world: World, tmp_path: Path) -> None:
    world.hosts["a.example"] = outlet(world, "a.example")
    path = tmp_path / "r.db"
    first = once(world, path, "a.example")
    assert (first.feeds["new"], first.listed, first.articles["fetched"], first.stored["new"]) == (1, 3, 3, 3)
    assert first.records == 3
    assert first.failures == []
    world.clock.sleep(900)
    second = once(world, path, "a.example")  # another process, so to say
    assert (second.feeds["unchanged"], second.listed, second.requests) == (1, 0, 1)
    assert world.asked[-1][3]["if-none-match"] == '"3"'
    assert stored(path) == {world.url("a.example", f"/{n}"): 1 for n in range(3)}
    assert world.paths("a.example").count("/robots.txt") == 1  # it holds for a day, over runs, too


def test_an_article_that_two_feeds_list_is_fetched_once(world: World, tmp_path: Path) -> None:
    world.hosts["wire.example"] = lambda path, headers: plain(path, "wire.example")
    for host in ("a.example", "b.example"):
        links = [(world.url("wire.example", "/1?utm_source=" + host), START)]
        world.hosts[host] = lambda path, headers, links=links: answer(rss(links)) if path == "/feed" else NOT_FOUND
    report = once(world, tmp_path / "r.db", "a.example", "b.example")
    assert (report.listed, report.articles["fetched"]) == (1, 1)
    assert stored(tmp_path / "r.db") == {world.url("wire.example", "/1"): 1}


def test_an_article_under_an_address_that_leads_to_it_is_stored_once(world: World, tmp_path: Path) -> None:
    world.hosts["a.example"] = outlet(world, "a.example", first=1)
    links = [(world.url("go.example", "/x"), START)]
    world.hosts["go.example"] = lambda path, headers: (
        answer(rss(links)) if path == "/feed" else moved(world.url("a.example", "/0")) if path == "/x" else NOT_FOUND)
    report = once(world, tmp_path / "r.db", "a.example", "go.example")
    assert sum(stored(tmp_path / "r.db").values()) == 1
    assert report.failures == []


def test_a_host_is_asked_no_faster_than_it_wants(world: World, tmp_path: Path) -> None:
    world.hosts["a.example"] = outlet(world, "a.example", first=6, robots="User-agent: *\nCrawl-delay: 30\nDisallow: /5\n")
    world.hosts["b.example"] = outlet(world, "b.example", first=6)
    report = once(world, tmp_path / "r.db", "a.example", "b.example")
    for host, least in (("a.example", 30), ("b.example", 5)):
        times = [at for at, name, path, _ in world.asked if name == host]
        assert len(times) >= 7
        assert all(late - early >= least for early, late in pairwise(times))
    assert "/5" not in world.paths("a.example")
    assert report.articles["forbidden"] == 1
    assert "robots.txt" in report.failures[0].reason
    assert world.asked[0][3]["user-agent"].startswith("Tocsin/")
    assert "obeys robots.txt" in world.asked[0][3]["user-agent"]


@pytest.mark.parametrize(("robots", "asked"), [
    (answer("User-agent: *\nDisallow: /", kind="text/plain"), False),
    (answer("User-agent: Tocsin\nDisallow: /feed", kind="text/plain"), False),
    (answer("User-agent: Other\nDisallow: /", kind="text/plain"), True), (NOT_FOUND, True),
    (answer("<html>no rules</html>"), True), (answer(status="503 Busy"), False), (b"", False),
    (answer(b"\xff\xfe\0" * 100, kind="image/png"), True)])
def test_robots_txt_is_obeyed(world: World, tmp_path: Path, robots: bytes, asked: bool) -> None:
    inner = outlet(world, "a.example")
    world.hosts["a.example"] = lambda path, headers: robots if path == "/robots.txt" else inner(path, headers)
    report = once(world, tmp_path / "r.db", "a.example")
    assert ("/feed" in world.paths("a.example")) == asked
    assert bool(report.failures) != asked


def test_robots_txt_of_the_host_to_which_an_address_leads_is_obeyed(world: World, tmp_path: Path) -> None:
    world.hosts["shut.example"] = outlet(world, "shut.example", robots="User-agent: *\nDisallow: /1\n")
    links = [(world.url("go.example", f"/{n}"), START) for n in range(3)]
    world.hosts["go.example"] = lambda path, headers: (
        answer(rss(links)) if path == "/feed" else NOT_FOUND if path == "/robots.txt"
        else moved(world.url("shut.example", path)))
    report = once(world, tmp_path / "r.db", "go.example")
    assert stored(tmp_path / "r.db") == {world.url("shut.example", f"/{n}"): 1 for n in (0, 2)}
    assert sorted(world.paths("shut.example")) == ["/0", "/2", "/robots.txt"]
    assert ["robots.txt" in failure.reason for failure in report.failures] == [True]


def test_a_host_that_is_busy_is_left_alone_as_long_as_it_says(world: World, tmp_path: Path) -> None:
    busy = {"until": START + 3600.0}
    inner = outlet(world, "a.example")

    def serve(path: str, headers: dict[str, str]) -> object:
        if path != "/robots.txt" and world.clock.now() < busy["until"]:
            return answer("slow down", "Retry-After: 3600", status="429 Too Many Requests")
        return inner(path, headers)

    world.hosts["a.example"] = serve  # type: ignore[assignment]
    path = tmp_path / "r.db"
    report = once(world, path, "a.example")
    assert "429" in report.failures[0].reason
    assert report.failures[0].as_dict()["again"] == "2026-03-10T01:00:05+00:00"
    for _ in range(3):
        world.clock.sleep(900)
        assert once(world, path, "a.example").requests == 0
    world.clock.sleep(1000)
    assert once(world, path, "a.example").stored["new"] == 3


def test_what_fails_is_tried_more_and_more_seldom(world: World, tmp_path: Path) -> None:
    world.hosts["a.example"] = lambda path, headers: answer(status="500 Oops") if path == "/feed" else NOT_FOUND
    path = tmp_path / "r.db"
    for _ in range(96):
        once(world, path, "a.example")
        world.clock.sleep(900)
    times = [at for at, _, name, _ in world.asked if name == "/feed"]
    assert 6 <= len(times) <= 14
    gaps = [late - early for early, late in pairwise(times)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 10_000


def test_articles_that_fail_are_tried_again_or_named(world: World, tmp_path: Path) -> None:
    failing = {"/1": 2, "/2": 99}
    inner = outlet(world, "a.example", first=4)

    def serve(path: str, headers: dict[str, str]) -> object:
        if path == "/0":
            return NOT_FOUND
        if failing.get(path, 0) > 0:
            failing[path] -= 1
            return answer(status="502 Bad Gateway")
        return inner(path, headers)

    world.hosts["a.example"] = serve  # type: ignore[assignment]
    path = tmp_path / "r.db"
    named: list[tuple[str, bool]] = []
    for _ in range(12):
        report = once(world, path, "a.example")
        named += [(failure.url.rpartition("/")[2], failure.again is None) for failure in report.failures]
        world.clock.sleep(900)
    assert sorted(named) == [("0", True), *[("1", False)] * 2, *[("2", False)] * 4, ("2", True)]
    assert stored(path) == {world.url("a.example", f"/{n}"): 1 for n in (1, 3)}
    with Register(path) as register:
        failed = {failure.source for failure in register.failures.open()}
    assert failed == {world.url("a.example", f"/{n}") for n in (0, 2)}


def test_a_feed_that_moves_is_followed_and_one_that_is_gone_is_not_asked_again(world: World, tmp_path: Path) -> None:
    world.hosts["new.example"] = outlet(world, "new.example")
    world.hosts["old.example"] = lambda path, headers: (
        moved(world.url("new.example")) if path == "/feed" else NOT_FOUND)
    world.hosts["gone.example"] = lambda path, headers: answer(status="410 Gone") if path == "/feed" else NOT_FOUND
    path = tmp_path / "r.db"
    report = once(world, path, "old.example", "gone.example")
    assert report.moved == {world.url("old.example"): world.url("new.example")}
    assert (report.feeds["gone"], report.failures[0].again, report.stored["new"]) == (1, None, 3)
    world.clock.sleep(90_000)
    again = once(world, path, "old.example", "gone.example")
    assert (again.feeds["gone"], again.failures) == (1, [])
    assert world.paths("old.example").count("/feed") == world.paths("gone.example").count("/feed") == 1


def test_an_index_of_sitemaps_leads_to_its_newest_parts(world: World, tmp_path: Path) -> None:
    def serve(path: str, headers: dict[str, str]) -> bytes:
        if path == "/feed":
            parts = "".join(f"<sitemap><loc>{world.url('a.example', f'/{n}.xml')}</loc><lastmod>2026-03-0{n}</lastmod>"
                            "</sitemap>" for n in range(1, 6))
            return answer(f"<sitemapindex>{parts}</sitemapindex>", kind="application/xml")
        if path.endswith(".xml"):
            link = world.url("a.example", "/story" + path[1])
            return answer(f"<urlset><url><loc>{link}</loc><lastmod>2026-03-09</lastmod></url></urlset>", kind="text/xml")
        return NOT_FOUND if path == "/robots.txt" else plain(path, "a.example")

    world.hosts["a.example"] = serve
    assert once(world, tmp_path / "r.db", "a.example").failures == []
    assert set(stored(tmp_path / "r.db")) == {world.url("a.example", f"/story{n}") for n in (3, 4, 5)}


def test_a_run_that_is_stopped_in_the_middle_loses_and_repeats_nothing(world: World, tmp_path: Path) -> None:
    world.hosts["a.example"] = outlet(world, "a.example", first=9)
    path = tmp_path / "r.db"

    class Stop(Exception):
        pass

    for number in (1, 3, 5):
        steps: list[object] = []

        def stop(step: object, steps: list[object] = steps, number: int = number) -> None:
            steps.append(step)
            if len(steps) == number:
                raise Stop

        with follower(world, path, [source(world, "a.example")]) as follow, pytest.raises(Stop):
            follow.round(stop)
        world.clock.sleep(60)
    once(world, path, "a.example")
    assert stored(path) == {world.url("a.example", f"/{n}"): 1 for n in range(9)}
    with Register(path) as register:
        assert register.followed.waiting() == (0, None)


def test_pages_that_are_kept_can_be_read_again(world: World, tmp_path: Path) -> None:
    world.hosts["a.example"] = outlet(world, "a.example")
    keeper = Keeper(tmp_path / "kept", most=1)
    once(world, tmp_path / "r.db", "a.example", keeper=keeper)
    keeper.close()
    files = sorted((tmp_path / "kept").glob("*.warc.gz"))
    assert len(files) == 3  # one each, for none may grow over one byte
    pages = [page for page in open_sources([str(tmp_path / "kept")]) if isinstance(page, RawPage)]
    assert {page.url for page in pages} == {world.url("a.example", f"/{n}") for n in range(3)}
    assert all("tanks" in str(page.content) for page in pages)
    assert {page.stated.fetched for page in pages if page.stated.fetched} <= {
        f"2026-03-10T00:00:{second:02}Z" for second in range(60)}


def test_the_day_that_a_feed_tells_counts_where_the_page_tells_none(world: World, tmp_path: Path) -> None:
    text = "Russia gives Latvia 7 tanks. " * 9
    page = f"<html><head><title>Arms</title></head><body><article><p>{text}</p></article></body></html>"

    def serve(path: str, headers: dict[str, str]) -> bytes:
        if path == "/feed":
            return answer(rss([(world.url("a.example", "/x"), START - 86_400 * 3)], "The Paper"))
        return NOT_FOUND if path == "/robots.txt" else answer(page)

    world.hosts["a.example"] = serve
    once(world, tmp_path / "r.db", "a.example")
    with Register(tmp_path / "r.db") as register:
        found = register._store.db.execute("SELECT published, published_basis, publisher FROM article").fetchall()
    assert found == [("2026-03-07", "feed", "The Paper")]


def test_a_report_and_counters_say_what_was_done(world: World, tmp_path: Path) -> None:
    world.hosts["a.example"] = outlet(world, "a.example")
    report = once(world, tmp_path / "r.db", "a.example", "nowhere.example")
    data = json.loads(json.dumps(report.as_dict()))
    assert data["feeds"]["new"] == data["feeds"]["failed"] == 1
    assert data["articles"]["fetched"] == 3
    assert data["failures"][0]["url"] == world.url("nowhere.example")
    metrics = Metrics()
    metrics.count(report)
    metrics.count(report)
    metrics.write(tmp_path / "metrics.prom")
    lines = (tmp_path / "metrics.prom").read_text().splitlines()
    assert 'tocsin_follow_articles_total{outcome="fetched"} 6.0' in lines
    assert 'tocsin_follow_feeds_total{outcome="failed"} 2.0' in lines
    assert f"tocsin_follow_requests_total {2 * report.requests}.0" in lines
    assert 'tocsin_follow_stored_total{outcome="new"} 6.0' in metrics.text()
    assert 'tocsin_follow_stored_total{outcome="version"} 0.0' in lines
    assert f"tocsin_follow_last_round_duration_seconds {data['seconds']}" in lines
    assert not [line for line in lines if "_created" in line]
