"""Hostile files: none stops the program, hangs it beyond its limit or fills its memory, and each leaves a reason.

Every case is ingested, read in a process aside, and its reason looked up in the register; the last test counts that all
of them were tried.
"""

from __future__ import annotations

import bz2
import gzip
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from archives import PARAGRAPH, answer, page, record, warc
from test_tables import LINES, pdf
from tocsin.knowledge.words import words
from tocsin.pipeline import How
from tocsin.pipeline.articles import Met, articles
from tocsin.register import Register
from tocsin.sources import RawPage
from tocsin.sources.formats import limits
from toy import ingest

GIB = 1 << 30
DEEP, LINKS = 100_000, 200_000
BODY = f"<p>{PARAGRAPH * 3}</p>".encode()


def sparse(path: Path, begin: bytes = b"", size: int = 2 * GIB) -> None:
    """A file of so many bytes that takes no room."""
    with path.open("wb") as file:
        file.write(begin)
        file.truncate(size)


def nested(tag: bytes) -> bytes:
    return b"<html><body>" + b"<%b>" % tag * DEEP + BODY + b"</%b>" % tag * DEEP + b"</body></html>"


def links() -> bytes:
    return b"<html><body>" + b"<a href='/x'>more of it</a> " * LINKS + BODY + b"</body></html>"


def entities() -> bytes:
    levels = b"".join(b"<!ENTITY l%d '%b'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    begin = b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY l0 'lol'>" + levels + b"]>"
    return begin + b"<html><body>&l11;" + BODY + b"</body></html>"


def flipped(content: bytes) -> bytes:
    """The same with one bit other in its middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1:]


# Name of the file, what it holds (or what makes it), whether an article comes out (None: either is right).
CASES: dict[str, tuple[str, bytes | Callable[[Path], None], bool | None]] = {
    "nested divisions": ("a.html", nested(b"div"), None),
    "nested spans": ("a.html", nested(b"span"), None),
    "nested tables": ("a.html", nested(b"table><tr><td"), None),
    "unclosed quotes": ("a.html", b"<html><body>" + BODY + b"<blockquote>" * DEEP, None),
    "many links": ("a.html", links(), False),
    "attributes": ("a.html", b"<html><body><p " + b"a=1 " * DEEP + b">" + BODY, None),
    "an open comment": ("a.html", b"<html><body>" + BODY + b"<!--" * DEEP, None),
    "entities in markup": ("a.html", entities(), None),
    "nested data": ("a.html", b"<script type='application/ld+json'>" + b"[" * DEEP + b"</script>" + page("Guns"), None),
    "gzip bomb": ("a.html.gz", gzip.compress(b" " * (2 * limits().max_page_bytes)), False),
    "bzip2 bomb": ("a.txt.bz2", bz2.compress(b"x" * (2 * limits().max_page_bytes)), False),
    "gzip bomb in lines": ("a.jsonl.gz", gzip.compress(b"{" + b" " * (2 * limits().max_line_bytes)), False),
    "truncated gzip": ("a.html.gz", gzip.compress(page("Guns"))[:-20], False),
    "bomb in an answer": ("a.warc.gz", warc([record("a:1", answer(gzip.compress(b" " * (2 * limits().max_page_bytes)),
                                                                  more="Content-Encoding: gzip\r\n"))]), False),
    "flipped bit in an archive": ("a.warc.gz", flipped(warc([record("a:1", answer(page("Guns")))])), False),
    "truncated archive": ("a.warc.gz", warc([record("a:1", answer(page("Guns")))])[:-40], False),
    "nulls": ("a.txt", b"\0" * 5000, False),
    "nulls in markup": ("a.html", page("Guns").replace(b"howitzers", b"how\0itzers"), False),
    "wide without a mark": ("a.txt", PARAGRAPH.encode("utf-16-le"), False),
    "lying character set": ("a.html", page("Caf\u00e9").replace(b"<head>", b"<head><meta charset=shift_jis>"), True),
    "no such character set": ("a.html", page("Guns").replace(b"<head>", b"<head><meta charset=x-none>") + b"\xff\xfe", True),
    "half characters": ("a.html", page("Guns").replace(b"Norway", b"\xed\xa0\x80Norway"), True),
    "documents that loop": ("a.pdf", pdf(LINES, " 2 0 R 2 0 R"), True),
    "contents that loop": ("a.pdf", pdf(LINES).replace(b"/Contents 4 0 R", b"/Contents 3 0 R"), False),
    "a parent that loops": ("a.pdf", pdf(LINES).replace(b"/Parent 2 0 R", b"/Parent 3 0 R"), None),
    "a document of nothing": ("a.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * DEEP, False),
    "deep objects": ("a.pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * DEEP + b"]" * DEEP + b"\nendobj\ntrailer<</Root 1 0 R>>",
                     False),
    "deep JSON": ("a.json", b"[" * DEEP + b"]" * DEEP, False),
    "huge numbers": ("a.jsonl", b'{"text": ' + b"9" * DEEP + b"}", False),
    "one open quote": ("a.csv", b'text\n"' + b"x\n" * DEEP, False),
    "2 GB of text": ("a.txt", lambda path: sparse(path), False),
    "2 GB of markup": ("a.html", lambda path: sparse(path, b"<html>"), False),
    **{f"{said} {what}": (name, partial(sparse, begin=begin, size=size), article)
       for said, size in (("200 MB", 200_000_000), ("2 GB", 2 * GIB))
       for what, name, begin, article in (("of lines", "a.jsonl", b"", False), ("table", "a.csv", b"text\n", False),
                                          ("archive", "a.warc", b"WARC/1.0\r\n", False),
                                          ("mailbox", "a.mbox", b"From x\n", None))},
    "2 GB document": ("a.pdf", lambda path: sparse(path, b"%PDF-1.7\n"), False),
    "2 GB message": ("a.eml", lambda path: sparse(path), False),
    "nested parts": ("a.eml", b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)), None),
    "a name with line breaks": ("a\nb\r.txt", PARAGRAPH.encode(), True),
    "a name that is no text": (os.fsdecode(b"a\xff.txt"), PARAGRAPH.encode(), False),
    "an object whose name is no text": ("a.jsonl", b'{"id": "\\ud800", "text": "Norway gives Latvia 3 tanks."}', False),
    "half characters in the data of a page": ("a.html", page("Guns", head="<script type='application/ld+json'>"
        '{"@type": "NewsArticle", "headline": "\\ud800"}</script>'), True),
    "a day far ahead": ("a.html", page("Guns", head="<meta property='article:published_time' content='2150-01-01'>"), True),
}


# Read to their end, several seconds each, to see that they do not fill the memory; those of 200 MB are refused like them.
LONG = ("2 GB of lines", "2 GB table", "2 GB archive", "2 GB mailbox")


@pytest.mark.parametrize("case", [pytest.param(case, marks=[pytest.mark.long] if case in LONG else []) for case in CASES])
def test_a_hostile_file_is_read_or_refused_with_a_reason(case: str, tmp_path: Path, roomy: None) -> None:
    name, content, article = CASES[case]
    path = tmp_path / name
    path.write_bytes(content) if isinstance(content, bytes) else content(path)
    began = time.monotonic()
    tally = ingest(tmp_path / "r.db", [str(path)]).tally
    assert time.monotonic() - began < limits().max_page_seconds + 60  # this machine may be busy
    assert tally.read or tally.passed
    if article is not None:
        assert bool(tally.outcomes) is article, tally
    with Register(tmp_path / "r.db") as register:
        kept = [failure.key for failure in register.failures.open()]
    assert sorted(kept) == sorted({(failure.source, failure.message) for failure in tally.failures})
    assert all(message.strip() for _, message in kept), kept
    assert tally.outcomes or tally.passed or kept  # what gave no article gave a reason


def test_a_day_far_ahead_is_used_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page("Guns", head="<meta property='article:published_time' content='2150-01-01'>"))
    read = [item for item in articles([str(path)], How(), words()) if isinstance(item, Met)]
    assert [item.article.published.value for item in read] == ["2150-01-01"]
    assert any("future" in problem.message for item in read for problem in item.problems)


def test_a_page_that_never_ends_costs_its_process_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hang in the reader: the page fails when its time is up, those before and after it are read."""
    from tocsin.pipeline import apart

    monkeypatch.setattr(apart, "_serve", _hanging)
    pages = [RawPage(f"{n}.html", "html", page("Guns" if n != 1 else "hang")) for n in range(3)]
    monkeypatch.setattr(apart, "limits", lambda: _Hasty())
    found = [outcome for _, outcome in apart.read_apart(iter(pages), apart.Reading(), words())]
    assert [isinstance(one, Exception) for one in found] == [False, True, False]
    assert "was not read within 2 s" in str(found[1])


class _Hasty:
    max_page_seconds = 2.0
    max_reading_bytes = 2 * GIB


def _hanging(pipe: object, work: object) -> None:
    """A process that reads as the real one does, and hangs on one page; also dies on another."""
    from tocsin.pipeline.apart import _READY, read_pages

    pipe.send(_READY)  # type: ignore[attr-defined]
    while True:
        _, (one, how) = pipe.recv()  # type: ignore[attr-defined]
        while b"hang" in one.content:
            pass
        pipe.send(read_pages(one, how))  # type: ignore[attr-defined]


def test_half_a_character_in_what_a_page_states_costs_that_statement_only(tmp_path: Path) -> None:
    data = ('{"@type": "NewsArticle", "headline": "Guns \\ud800", "author": {"name": "A \\udfff"}, "articleBody": "\\ud800",'
            ' "datePublished": "2026-03-04", "description": "\\ud83d\\ude80", "publisher": {"name": "The Toy Times"}}')
    path = tmp_path / "a.html"
    path.write_bytes(page("Guns", head=f"<script type='application/ld+json'>{data}</script>"))
    read = [item.article for item in articles([str(path)], How(), words()) if isinstance(item, Met)]
    assert [(one.title, one.author, one.publisher, one.published.value) for one in read] == [
        ("Guns", None, "The Toy Times", "2026-03-04")]


@pytest.mark.parametrize("kind", ["html", "warc"])
def test_what_failed_under_a_name_that_is_no_text_is_tried_again(kind: str, tmp_path: Path) -> None:
    """It is opened by its own name: neither is it called missing, nor is its failure taken for mended."""
    folder = tmp_path / os.fsdecode(b"news\xff")
    folder.mkdir()
    path = folder / os.fsdecode(b"caf\xe9." + kind.encode())
    path.write_bytes(page("Guns") if kind == "html" else warc([record("a:1", answer(page("Guns")))], packed=False))
    first = ingest(tmp_path / "r.db", [str(folder)]).tally
    again = ingest(tmp_path / "r.db", [], again=True).tally
    assert [failure.message for failure in again.failures] == [failure.message for failure in first.failures]
    assert "half a character in its name" in first.failures[0].message
    with Register(tmp_path / "r.db") as register:
        assert [failure.tries for failure in register.failures.open()] == [2]


def test_names_that_try_to_leave_the_folder_stay_names(tmp_path: Path) -> None:
    """Names in archives are only ever names: nothing is written, and what they name is not opened."""
    (tmp_path / "secret.html").write_bytes(page("Secret"))
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.warc.gz"
    path.write_bytes(warc([record("file:///../secret.html", answer(page("Guns"))),
                           record("../../secret.html", answer(b""))]))
    before = sorted(tmp_path.rglob("*"))
    tally = ingest(tmp_path / "r.db", [str(path)]).tally
    assert tally.outcomes == {"new": 1}
    assert sorted(one for one in tmp_path.rglob("*") if "r.db" not in one.name) == before


def test_pipes_and_devices_in_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    (tmp_path / "c.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "d.txt").write_text(PARAGRAPH)
    tally = ingest(tmp_path / "r.db", [str(tmp_path)]).tally
    assert (tally.outcomes, len(tally.failures)) == ({"new": 1}, 3)


def test_all_cases_of_the_list_are_tried() -> None:
    assert len(CASES) >= 44
    assert set(LONG) < set(CASES)
