"""Archives: every whole record becomes its page, damage and truncation are named with their byte, nothing else is lost."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest

from archives import answer, page, pages, record, warc
from tocsin.sources import FailedSource, Passed, RawPage, open_sources
from tocsin.sources.formats import limits
from tocsin.sources.members import end_of, next_start


def met(path: Path, content: bytes) -> tuple[list[str], list[str], list[str]]:
    """Addresses of the pages, messages of the failures, reasons of what was passed over."""
    path.write_bytes(content)
    found = list(open_sources([str(path)]))
    return ([item.url or "" for item in found if isinstance(item, RawPage)],
            [str(item.error) for item in found if isinstance(item, FailedSource)],
            [item.reason for item in found if isinstance(item, Passed)])


def urls(*numbers: int) -> list[str]:
    return [f"https://example.org/{number}" for number in numbers]


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False)])
def test_pages_come_out_and_the_rest_is_passed_over(tmp_path: Path, name: str, packed: bool) -> None:
    records = [record("urn:x", b"software: tests\r\n", "warcinfo"), *pages(2),
               record("https://example.org/p.png", answer(b"\x89PNG", "image/png")),
               record("https://example.org/gone", answer(b"gone", status="404 Not Found")),
               record("https://example.org/0", b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", "request"),
               record("https://example.org/saved", page("Saved page"), "resource", more="Content-Type: text/html\r\n")]
    found, faults, passed = met(tmp_path / name, warc(records, packed=packed))
    assert found == [*urls(0, 1), "https://example.org/saved"]
    assert faults == []
    assert passed == ["record", "kind", "status", "record"]


def test_a_page_says_where_it_stood_and_when_it_was_fetched(tmp_path: Path) -> None:
    records = pages(2)
    (tmp_path / "a.warc.gz").write_bytes(warc(records))
    first, second = open_sources([str(tmp_path / "a.warc.gz")])
    assert isinstance(second, RawPage)
    offset = len(warc(records[:1]))
    assert second.source == f"{tmp_path / 'a.warc.gz'}#{offset}"
    assert second.place == f"byte {offset:,}"
    assert second.stated.fetched == "2026-07-11T12:00:00Z"
    assert first.digest() != second.digest()  # type: ignore[union-attr]


def test_an_archive_packed_as_a_whole_is_read_too(tmp_path: Path) -> None:
    found, faults, _ = met(tmp_path / "a.warc.gz", gzip.compress(b"".join(pages(40))))
    assert (found, faults) == (urls(*range(40)), [])
    whole = gzip.compress(b"".join(pages(40)))
    for left in (30, len(whole) // 2, len(whole) - 200, len(whole) - 1):
        assert "cut off or damaged" in met(tmp_path / "b.warc.gz", whole[:left])[1][-1], left


def test_contents_are_unpacked_and_lies_about_it_forgiven(tmp_path: Path) -> None:
    plain = page("Packed")
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (plain[:50], plain[50:])) + b"0\r\n\r\n"
    records = [record("a:1", answer(gzip.compress(plain), more="Content-Encoding: gzip\r\n")),
               record("a:2", answer(plain, more="Content-Encoding: gzip\r\n")),
               record("a:3", answer(chunked, more="Transfer-Encoding: chunked\r\n"))]
    (tmp_path / "a.warc.gz").write_bytes(warc(records))
    assert [item.content for item in open_sources([str(tmp_path / "a.warc.gz")])] == [plain] * 3  # type: ignore[union-attr]


@pytest.mark.parametrize("packed", [True, False])
def test_truncation_is_always_told_and_costs_the_last_record_only(tmp_path: Path, packed: bool) -> None:
    records = pages(3)
    whole, start = warc(records, packed=packed), len(warc(records[:2], packed=packed))
    for left in (1, 2, 7, 40, (len(whole) - start) // 2, len(whole) - start - (1 if packed else 5)):
        found, faults, _ = met(tmp_path / ("a.warc.gz" if packed else "a.warc"), whole[:start + left])
        assert found == urls(0, 1), left
        assert len(faults) == 1, left
        assert f"byte {start:,}" in faults[0], left
        assert "cut off" in faults[0], left


@pytest.mark.parametrize("packed", [True, False])
def test_bits_that_flipped_cost_their_record_only(tmp_path: Path, packed: bool) -> None:
    records, draw = pages(6), random.Random(7)
    whole = warc(records, packed=packed)
    starts = [len(warc(records[:number], packed=packed)) for number in range(7)]
    tried = 0
    for _ in range(120):
        hit = draw.randrange(6)
        place = draw.randrange(starts[hit], starts[hit + 1] - 4)
        damaged = bytearray(whole)
        damaged[place] ^= 1 << draw.randrange(8)
        found, faults, _ = met(tmp_path / "a.warc.gz", bytes(damaged))
        assert {*urls(*range(6))} - {*urls(hit)} <= {*found}, (hit, place)
        assert len(found) + len(faults) <= 6 + (not packed), (hit, place)  # a wrong length is met twice
        tried += bool(faults)
    assert tried > (100 if packed else 60)  # of the rest the header fields of gzip and of the record bear a flipped bit


def test_a_record_that_is_not_what_its_digest_says_is_left_out(tmp_path: Path) -> None:
    one, other = pages(2)
    found, faults, _ = met(tmp_path / "a.warc.gz", warc([one.replace(b"howitzers", b"hamsters!", 1), other]))
    assert found == urls(1)
    assert "digest" in faults[0]


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(b"<html>" + b" " * (limits().max_page_bytes + 10))
    records = [record("a:bomb", answer(bomb, more="Content-Encoding: gzip\r\n")), *pages(1)]
    found, faults, _ = met(tmp_path / "a.warc.gz", warc(records))
    assert found == urls(0)
    assert "longer than" in faults[0]
    huge = record("a:huge", answer(b" " * (limits().max_page_bytes + 10)), digest=False)
    found, faults, _ = met(tmp_path / "b.warc.gz", warc([huge, *pages(1)]))
    assert found == urls(0)
    assert "longer than" in faults[0]


def test_records_in_a_zip_file_are_read_where_they_lie(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/one.warc.gz", warc(pages(2)))
        packed.writestr("../../archive/two.warc", warc(pages(1, first=5), packed=False))
    found = list(open_sources([str(path)]))
    assert [item.url for item in found if isinstance(item, RawPage)] == urls(0, 1, 5)
    assert found[0].source.startswith(f"{path}!archive/one.warc.gz#")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.wacz"]  # nothing was unpacked, here or above
    content = path.read_bytes()
    assert "damaged or cut off" in met(tmp_path / "b.wacz", content[:len(content) // 2])[1][0]
    flipped = bytearray(content)
    flipped[content.index(b"one.warc.gz") + 500] ^= 255
    assert met(tmp_path / "c.wacz", bytes(flipped))[1] != []


def arc(*bodies: bytes) -> bytes:
    head = b"1 0 tests\nURL IP-address Archive-date Content-type Archive-length\n\n"
    parts = [b"filedesc://a.arc 0.0.0.0 20210913120000 text/plain %d\n" % len(head) + head]
    for number, body in enumerate(bodies):
        block = answer(body)
        parts.append(b"http://example.org/%d 1.2.3.4 20210913120000 text/html %d\n" % (number, len(block)) + block)
    return b"\n".join(parts) + b"\n"


def test_the_older_archives_are_read_and_their_truncation_told(tmp_path: Path) -> None:
    whole = arc(page("One"), page("Two"))
    found, faults, passed = met(tmp_path / "a.arc", whole)
    assert (found, faults, passed) == (["http://example.org/0", "http://example.org/1"], [], ["record"])
    found, faults, _ = met(tmp_path / "b.arc", whole[:-100])
    assert found == ["http://example.org/0"]
    assert "cut off" in faults[0]


def test_ends_and_starts_of_records() -> None:
    packed, plain = warc(pages(2)), warc(pages(2), packed=False)
    first = len(warc(pages(1)))
    assert end_of(io.BytesIO(packed), 0) == first
    assert end_of(io.BytesIO(packed[:first - 1]), 0) is None
    assert next_start(io.BytesIO(packed), 1) == first
    assert next_start(io.BytesIO(plain), 1) == len(pages(1)[0])
    assert next_start(io.BytesIO(b"x" * 200_000 + b"\n" + plain), 1) == 200_001
    assert next_start(io.BytesIO(b"x" * 65_530 + packed), 0) == 65_530
