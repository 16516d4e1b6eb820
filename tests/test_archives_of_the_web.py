"""Archives, tables and documents over HTTP: read as files are, whatever becomes of the connection; from the command line."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from archives import page, pages, warc
from test_fetch import Serve, Site, answer, moved
from test_tables import LINES, pdf
from tocsin.cli import app
from tocsin.fetch import files
from tocsin.fetch.rules import rules
from toy import reader_1

KIND = "application/octet-stream"
Run = Callable[..., tuple[dict[str, int], list[str], Result]]
Served = Callable[..., str]


@pytest.fixture
def served() -> Iterator[Served]:
    """A server that has these paths; its address."""
    sites: list[Site] = []

    def made(**held: bytes | Serve) -> str:
        sites.append(Site({f"/{name.replace('__', '.')}": what for name, what in held.items()}))
        return sites[-1].url

    yield made
    for site in sites:
        site.close()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``tocsin ingest`` with the toy coder: what came of it by count, the reasons of failures."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.modules["tocsin.cli.ingest"], "make_reader", reader_1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(files, "rules", lambda: replace(rules(), file_back_off=0.0))

    def ran(*given: str) -> tuple[dict[str, int], list[str], Result]:
        result = CliRunner().invoke(app, ["ingest", *given, "--json"])
        assert result.exit_code in (0, 1), result.output
        assert not list(tmp_path.glob("tocsin-*"))  # nothing is left of what was fetched
        line = next(line for line in result.output.splitlines() if line.startswith("{"))
        told = json.loads(line)
        found = {name: told[name] for name in ("new", "known", "failed") if told[name]}
        return found, [failure["message"] for failure in told["failures"]], result
    return ran


def wacz(*archives: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for number, content in enumerate(archives):
            packed.writestr(f"archive/{number}.warc.gz", content)
    return made.getvalue()


def cut(body: bytes, told: int) -> bytes:
    """An answer that says it is so long, whatever it is."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {KIND}\r\nContent-Length: {told}\r\n\r\n".encode() + body


FILES = {
    "a__warc__gz": warc(pages(3)), "a__warc": warc(pages(3), packed=False),
    "a__wacz": wacz(warc(pages(2)), warc(pages(1, first=2))),
    "a__jsonl": b"".join(json.dumps({"text": f"Norway gives Latvia {n} tanks. " * 9}).encode() + b"\n" for n in range(3)),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_web_is_read_and_not_again(name: str, run: Run, served: Served) -> None:
    url = f"{served(**{name: answer(FILES[name], kind=KIND)})}/{name.replace('__', '.')}"
    assert run(url, "--allow-private")[:2] == ({"new": 3}, [])
    assert run(f"{url}#290", "--allow-private")[:2] == ({"known": 3}, [])  # the same file, whatever part is meant


def test_a_document_of_the_web_is_read(run: Run, served: Served) -> None:
    assert run(f"{served(a__pdf=answer(pdf(LINES), kind='application/pdf'))}/a.pdf", "--allow-private")[0] == {"new": 1}


def test_it_is_read_under_the_address_that_was_given(run: Run, served: Served, tmp_path: Path) -> None:
    """So that a host that moves its files about makes nothing be read again."""
    home = served(a__warc__gz=moved("/b.bin"), b__bin=answer(FILES["a__warc__gz"], kind="application/warc"))
    assert run(f"{home}/a.warc.gz", "--allow-private")[0] == {"new": 3}
    from tocsin.register import Register

    with Register(tmp_path / "register.db") as register:
        assert {row.source.partition("#")[0] for row in register.articles()} == {f"{home}/a.warc.gz"}


@pytest.mark.parametrize("name", ["a__warc__gz", "a__warc"])
@pytest.mark.parametrize("how", ["shorter than told", "longer than told", "broken chunks"])
def test_what_breaks_off_is_told_and_completed_later(name: str, how: str, run: Run, served: Served) -> None:
    whole = FILES[name]
    part = whole[:-100]
    broken = {"shorter than told": cut(part, len(whole)), "longer than told": cut(whole, len(part)),
              "broken chunks": f"HTTP/1.1 200 OK\r\nContent-Type: {KIND}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
              + b"%x\r\n%b\r\n" % (len(part), part)}[how]
    given = [broken]
    url = f"{served(**{name: lambda connection, request: connection.sendall(given[0])})}/{name.replace('__', '.')}"
    found, faults, _ = run(url, "--allow-private")
    assert found["new"] == 2
    assert any("cut off or damaged" in fault for fault in faults), faults
    assert how == "longer than told" or any("it broke off after" in fault for fault in faults), faults
    again, told, _ = run(url, "--allow-private")
    assert (again["known"], told) == (2, faults)
    given[0] = answer(whole, kind=KIND)
    assert run("--retry-failed", "--allow-private")[:2] == ({"new": 1, "known": 2}, [])
    assert run("--retry-failed", "--allow-private")[0] == {}


@pytest.mark.parametrize(("name", "left"), [("a__wacz", 3), ("a__wacz", 0)])
def test_what_cannot_be_read_in_part_says_so(name: str, left: int, run: Run, served: Served) -> None:
    content = FILES[name][:-left or None]
    url = f"{served(**{name: cut(content, len(FILES[name]) + 50)})}/a.wacz"
    found, faults, _ = run(url, "--allow-private")
    assert found == {"failed": 1}
    assert "a part of it cannot be read" in faults[0]


def test_an_archive_without_end_is_given_up_at_the_limit(run: Run, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(connection: object, request: bytes) -> None:
        start = FILES["a__warc__gz"]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {KIND}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        connection.sendall(head + b"%x\r\n%b\r\n" % (len(start), start))  # type: ignore[attr-defined]
        while True:
            connection.sendall(b"10000\r\n" + b"\0" * 0x10000 + b"\r\n")  # type: ignore[attr-defined]

    monkeypatch.setattr(files, "rules", lambda: replace(rules(), file_bytes=3_000_000))
    found, faults, _ = run(f"{served(a__warc__gz=endless)}/a.warc.gz", "--allow-private")
    assert (found["new"], len(faults)) == (3, 1)
    assert "it holds more than 3,000,000 bytes" in faults[0]


def test_an_archive_that_drips_is_given_up_in_time(run: Run, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def drips(connection: object, request: bytes) -> None:
        import time

        connection.sendall(cut(FILES["a__warc__gz"], 10**9))  # type: ignore[attr-defined]
        while True:
            time.sleep(0.05)
            connection.sendall(b"\0")  # type: ignore[attr-defined]

    monkeypatch.setattr(files, "rules", lambda: replace(rules(), file_seconds=1.0))
    found, faults, _ = run(f"{served(a__warc__gz=drips)}/a.warc.gz", "--allow-private")
    assert (found["new"], len(faults)) == (3, 1)
    assert "it broke off after" in faults[0]


def test_bombs_in_an_archive_of_the_web_are_not_unpacked(run: Run, served: Served) -> None:
    import gzip

    from archives import answer as held
    from archives import record
    from tocsin.sources.formats import limits

    bomb = record("https://example.org/bomb", held(gzip.compress(b" " * (2 * limits().max_page_bytes)),
                                                   more="Content-Encoding: gzip\r\n"))
    url = f"{served(a__warc__gz=answer(warc([bomb, *pages(1)]), kind=KIND))}/a.warc.gz"
    found, faults, _ = run(url, "--allow-private")
    assert (found["new"], len(faults)) == (1, 1)
    assert "longer than" in faults[0]


@pytest.mark.parametrize(("held", "reason"), [
    (answer(page("Sorry")), "is a web page where a file should be"),
    (answer(b"", status="404 Not Found", kind=KIND), "404"),
    (answer(b"x", "Content-Encoding: br", kind=KIND), "packed in a way"),
    (moved("http://10.0.0.1/a.warc.gz"), "10.0.0.1"),
    (moved("http://169.254.169.254/a.warc.gz"), "169.254.169.254"),
    (moved("http://[::1]:9/a.warc.gz"), "::1"),
    (moved("file:///etc/passwd"), "file:///etc/passwd"),
    (moved("/a.warc.gz"), "leads back to itself"),
    (answer(b"", kind=KIND), "cut off or damaged"),
    (b"HTTP/1.1 304 Not Modified\r\n\r\n", "304"),
])
def test_what_is_no_archive_is_told(held: bytes, reason: str, run: Run, served: Served,
                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.fetch.guard.is_public", lambda address: address == "127.0.0.1")
    found, faults, _ = run(f"{served(a__warc__gz=held)}/a.warc.gz")
    assert found == {"failed": 1}
    assert reason in faults[0]


def test_this_machine_is_not_asked_for_archives(run: Run, served: Served) -> None:
    found, faults, _ = run(f"{served(a__wacz=answer(FILES['a__wacz'], kind=KIND))}/a.wacz")
    assert found == {"failed": 1}
    assert "--allow-private" in faults[0]


def test_a_full_disk_is_told(run: Run, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, content: object) -> int:
            raise OSError(28, "No space left on device")

    url = f"{served(a__warc__gz=answer(FILES['a__warc__gz'], kind=KIND))}/a.warc.gz"
    saved = files.save
    monkeypatch.setattr(files, "save", lambda url, into, **how: saved(url, Full(), **how))
    found, faults, _ = run(url, "--allow-private")
    assert found == {"failed": 1}
    assert "No space left on device" in faults[0]
