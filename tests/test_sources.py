"""Sources: every kind of input becomes pages, and what cannot be had never stops the others."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.sources import FailedSource, RawPage, open_sources
from tocsin.sources.formats import limits
from tocsin.sources.objects import json_lines, json_objects

TEXT = "Norway delivered six howitzers to Latvia.\n"


def opened(*inputs: str | Path, stdin: bytes = b"") -> list[RawPage | FailedSource]:
    return list(open_sources([str(given) for given in inputs], stdin=io.BytesIO(stdin)))


def pages(found: list[RawPage | FailedSource]) -> list[RawPage]:
    return [page for page in found if isinstance(page, RawPage)]


def failures(found: list[RawPage | FailedSource]) -> list[str]:
    return [str(page.error) for page in found if isinstance(page, FailedSource)]


@pytest.mark.parametrize(("name", "kind"), [
    ("a.txt", "text"), ("a.TEXT", "text"), ("a.html", "html"), ("A.HTM", "html"),
])
def test_the_ending_says_what_a_file_holds(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(TEXT.encode())
    assert opened(tmp_path / name) == [RawPage(str(tmp_path / name), kind, TEXT.encode())]  # type: ignore[arg-type]


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.html", "sub/notes.docx", ".hidden.txt"):
        (tmp_path / name).write_text(TEXT)
    assert [Path(page.source).name for page in pages(opened(tmp_path))] == ["a.txt", "b.txt", "c.html"]


def test_one_bad_file_never_stops_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{not json")
    (tmp_path / "b.txt").write_bytes(b"x" * (4 * limits().max_characters + 5))
    (tmp_path / "c.txt").write_text(TEXT)
    found = opened(tmp_path)
    assert [type(page).__name__ for page in found] == ["FailedSource", "FailedSource", "RawPage"]
    assert "no JSON" in failures(found)[0]
    assert "split it" in failures(found)[1]


def test_a_description_beside_a_text_is_no_article(tmp_path: Path) -> None:
    for name in ("a.txt", "a.meta.json", "lone.meta.json"):
        (tmp_path / name).write_text('{"text": "x"}')
    assert [Path(page.source).name for page in pages(opened(tmp_path))] == ["a.txt", "lone.meta.json"]


def test_a_pattern_is_expanded_and_may_match_nothing(tmp_path: Path) -> None:
    for name in ("b1.txt", "b2.txt", "c.txt", "odd[1].txt"):
        (tmp_path / name).write_text(TEXT)
    assert [Path(page.source).name for page in pages(opened(tmp_path / "b*.txt"))] == ["b1.txt", "b2.txt"]
    assert len(pages(opened(tmp_path / "odd[1].txt"))) == 1
    assert "matches no file" in failures(opened(tmp_path / "z*.txt"))[0]


def test_what_is_missing_empty_or_an_address_is_told(tmp_path: Path) -> None:
    found = opened(tmp_path / "absent.txt", tmp_path, "http://127.0.0.1/a", "nul\0name")
    said = failures(found)
    assert len(said) == len(found) == 4
    assert "no such file" in said[0]
    assert "nothing that can be read" in said[1]
    assert "private network" in said[2]


def test_a_file_without_a_known_ending_is_looked_at_when_named(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("\n<!DOCTYPE html><html></html>")
    (tmp_path / "story.dat").write_text(TEXT)
    assert [page.kind for page in pages(opened(tmp_path / "page", tmp_path / "story.dat"))] == ["html", "text"]


@pytest.mark.parametrize(("content", "kinds"), [
    (TEXT.encode(), ["text"]), (b"\xef\xbb\xbf<html><body></body></html>", ["html"]), (b'{"text": "a"}', ["json"]),
    (b'[{"text": "a"}, {"text": "b"}]', ["json", "json"]), (b'{"text": "a"}\n{"text": "b"}\n', ["json", "json"]),
    (b"[Riga] Guns arrived.", ["text"]), (b"", ["text"]),
])
def test_standard_input_is_known_by_how_it_begins(content: bytes, kinds: list[str]) -> None:
    found = pages(opened("-", stdin=content))
    assert [page.kind for page in found] == kinds
    assert all(page.source.startswith("<stdin>") for page in found)


def test_a_broken_line_is_named_and_the_rest_goes_on() -> None:
    lines = [b'\xef\xbb\xbf{"text": "a"}', b"", b'{"text": "b"', b"[1]", b'{"text": "\xff"}', b'{"text": NaN}',
             b'{"text": "c", "id": "k7"}']
    found = list(json_lines("x.jsonl", io.BytesIO(b"\n".join(lines))))
    assert [(page.source, page.place) for page in pages(found)] == [("x.jsonl#1", "line 1"), ("x.jsonl#k7", "line 7")]
    said = failures(found)
    assert [text.split(":")[0] for text in said] == [f"x.jsonl, line {number}" for number in (3, 4, 5, 6)]
    assert "expected an object with `text`, found list" in said[1]
    assert "not UTF-8" in said[2]


def test_lines_under_the_name_of_json_are_read_as_lines() -> None:
    found = list(json_objects("x.json", b'{"text": "a"}\nbroken\n{"text": "b"}'))
    assert [page.place for page in pages(found)] == ["line 1", "line 3"]
    assert len(failures(found)) == 1


def test_items_of_a_list_are_counted() -> None:
    found = list(json_objects("x.json", json.dumps([{"text": "a"}, 5]).encode()))
    assert [page.where for page in pages(found)] == ["x.json#1, item 1"]
    assert "x.json, item 2" in failures(found)[0]


def test_json_nested_without_end_is_refused() -> None:
    assert failures(list(json_objects("x.json", b"[" * 200_000)))


@given(st.binary(max_size=200))
def test_no_bytes_stop_a_stream(content: bytes) -> None:
    assert opened("-", stdin=content)
    for page in [*json_lines("x", io.BytesIO(content)), *json_objects("x", content)]:
        assert isinstance(page, RawPage | FailedSource)
