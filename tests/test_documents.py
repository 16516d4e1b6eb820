"""Documents (PDF) are known by how they begin, whatever their name, address or declared kind: files, addresses, feeds,
archives. What begins otherwise is refused as before."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import answer as held
from archives import page, record, warc
from feed_world import World, answer, follower, rss, source, world_of
from test_fetch import Host, host
from test_fetch import answer as web_answer
from test_tables import LINES, pdf
from tocsin.fetch import Fetcher, FetchError
from tocsin.knowledge.beginnings import shape_of
from tocsin.register import Register
from tocsin.sources import FailedSource, Passed, RawPage, open_sources

__all__ = ["host"]  # a fixture
OCTETS = "application/octet-stream"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world_of(monkeypatch) as made:
        yield made


def kinds(*inputs: object) -> list[str]:
    """What is found: the kinds of pages, "failed", or why something is passed over."""
    return [one.kind if isinstance(one, RawPage) else "failed" if isinstance(one, FailedSource) else one.reason
            for one in open_sources([str(one) for one in inputs], private=True)]


@pytest.mark.parametrize(("begin", "shape"), [
    (b"%PDF-1.7", "pdf"), (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"), (b"the sign %PDF-1.4 begins one", "text"), (b"%PDF", "text"),
    (b"\n<!DOCTYPE html>", "html"), (b"", "text"),
])
def test_what_bytes_are_is_told_by_how_they_begin(begin: bytes, shape: str) -> None:
    assert shape_of(begin) == shape


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.eml", "a", "a.txt.gz", "a.PDF"])
def test_a_file_is_a_document_whatever_its_name(name: str, tmp_path: Path) -> None:
    content = pdf(LINES)
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    assert kinds(tmp_path / name) == ["pdf"]


def test_an_archive_under_the_name_of_a_text_stays_what_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"WARC/1.1 is the form in which archives of the web are kept, said the librarian.")
    assert kinds(tmp_path / "a.txt") == ["text"]


@pytest.mark.parametrize("kind", ["application/pdf", OCTETS, None, "text/html", "text/plain", "application/pdf; x=y"])
def test_an_address_is_one_of_a_document_whatever_it_declares(kind: str | None, host: Host) -> None:
    site = host({"/report": web_answer(pdf(LINES), kind=kind)})
    (found,) = open_sources([f"{site.url}/report"], private=True)
    assert isinstance(found, RawPage)
    assert (found.kind, found.content) == ("pdf", pdf(LINES))


def test_a_web_page_that_is_declared_a_document_is_a_web_page(host: Host) -> None:
    site = host({"/report": web_answer(page("Sorry"), kind="application/pdf")})
    assert kinds(f"{site.url}/report") == ["html"]


def test_of_what_says_nothing_and_is_no_document_only_the_beginning_is_taken(host: Host) -> None:
    sent: list[int] = []

    def endless(connection: object, request: bytes) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {OCTETS}\r\n\r\n".encode())  # type: ignore[attr-defined]
        while True:
            connection.sendall(b"\x7fELF" * 1000)  # type: ignore[attr-defined]
            sent.append(4000)

    site = host({"/program": endless})
    with pytest.raises(FetchError, match="octet-stream"):
        Fetcher(private=True).fetch(f"{site.url}/program")
    assert sum(sent) < 20_000_000


def test_a_record_of_an_archive_is_a_document_whatever_it_declares(tmp_path: Path) -> None:
    there = [("application/pdf", pdf(LINES)), (OCTETS, pdf(LINES)), ("text/html", pdf(LINES)), (OCTETS, b"\0" * 90),
             ("application/pdf", page("Sorry"))]
    (tmp_path / "a.warc.gz").write_bytes(warc(
        [record(f"https://example.org/{number}", held(content, kind)) for number, (kind, content) in enumerate(there)]))
    found = [*open_sources([str(tmp_path / "a.warc.gz")])]
    assert [one.reason if isinstance(one, Passed) else getattr(one, "kind", "failed") for one in found] == [
        "pdf", "pdf", "pdf", "kind", "html"]


def test_a_feed_may_list_documents(world: World, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    undated = pdf([*LINES, "A fourth is planned."]).replace(b"/CreationDate(D:20210505100000Z)", b" " * 32)

    def serve(path: str, headers: dict[str, str]) -> bytes:
        if path == "/feed":
            listed = [(world.url("a.example", f"/{name}"), world.clock.time - 3600) for name in "xyz"]
            return answer(rss(listed, "The Gazette"))
        return answer({"/x": pdf(LINES), "/y": undated, "/z": b"\0" * 2000}.get(path, b""), kind=OCTETS,
                      status="404 Not Found" if path == "/robots.txt" else "200 OK")

    world.hosts["a.example"] = serve
    with follower(world, tmp_path / "r.db", [source(world, "a.example")]) as follow:
        report = follow.round()
    assert (report.stored["new"], [one.url for one in report.failures]) == (2, [world.url("a.example", "/z")])
    with Register(tmp_path / "r.db") as register:
        found = register._store.db.execute("SELECT published, published_basis, publisher FROM article ORDER BY 1").fetchall()
    assert found == [("2021-05-05", "meta", "The Gazette"), ("2026-03-09", "feed", "The Gazette")]
