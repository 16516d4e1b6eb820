"""Fetching: what is had, what is refused, and that nothing but the checked address is ever connected to."""

from __future__ import annotations

import gzip
import resource
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tocsin.fetch import Fetcher, FetchError
from tocsin.fetch import connect as connect_
from tocsin.fetch.guard import is_public, target_of
from tocsin.fetch.rules import rules

PAGE = b"<!doctype html><html><head><title>T</title></head><body><p>Guns arrived.</p></body></html>"
Serve = Callable[[socket.socket, bytes], None]
Host = Callable[[dict[str, bytes | Serve]], "Site"]


class Site:
    """A server on loopback: for each path the bytes that it answers with, or what it does with the connection."""

    def __init__(self, pages: dict[str, bytes | Serve]) -> None:
        self.asked: list[bytes] = []
        self._pages, self._socket = pages, socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(4096)
                if not piece:
                    return
                request += piece
            self.asked.append(request)
            page = self._pages[request.split(b" ")[1].decode()]
            try:
                connection.sendall(page) if isinstance(page, bytes) else page(connection, request)
            except OSError:
                return

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def host() -> Iterator[Host]:
    sites: list[Site] = []

    def made(pages: dict[str, bytes | Serve]) -> Site:
        sites.append(Site(pages))
        return sites[-1]

    yield made
    for site in sites:
        site.close()


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK", kind: str | None = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {to}", status=status)


def quick(seconds: float = 2.0) -> Fetcher:
    return Fetcher(private=True, limits=replace(rules(), seconds=seconds, wait=seconds))


def known(**names: str | list[str]) -> Fetcher:
    """A fetcher to which names stand for these addresses."""
    def resolve(name: str, port: int) -> list[str]:
        found = names[name.replace(".", "_").replace("-", "_")]
        return [found] if isinstance(found, str) else found
    return Fetcher(resolve=resolve)


# --- what is had ------------------------------------------------------------------------------------------------------


def test_a_page_comes_as_it_is(host: Host) -> None:
    site = host({"/news?a=1": answer(kind="text/html; charset=ISO-8859-15")})
    found = quick().fetch(f"{site.url}/news?a=1#part")
    assert (found.url, found.kind, found.content, found.charset) == (f"{site.url}/news?a=1", "html", PAGE, "iso-8859-15")


def test_it_says_who_asks_and_nothing_else(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site = host({"/": answer(PAGE, "Set-Cookie: a=b"), "/more": moved("/")})
    quick().fetch(site.url)
    quick().fetch(f"{site.url}/more")
    heads = [dict(line.split(b": ", 1) for line in one.strip().split(b"\r\n")[1:]) for one in site.asked]
    assert [sorted(head) for head in heads] == [[b"Accept", b"Accept-Encoding", b"Connection", b"Host", b"User-Agent"]] * 3
    assert heads[0][b"User-Agent"].startswith(b"Tocsin/")
    assert heads[0][b"Host"] == f"127.0.0.1:{site.port}".encode()


@pytest.mark.parametrize(("packed", "named"), [
    (gzip.compress(PAGE, mtime=0), "gzip"), (zlib.compress(PAGE), "deflate"), (zlib.compress(PAGE)[2:-4], "deflate"),
])
def test_a_packed_page_is_unpacked(host: Host, packed: bytes, named: str) -> None:
    site = host({"/": answer(packed, f"Content-Encoding: {named}")})
    assert quick().fetch(site.url).content == PAGE


def test_a_page_in_chunks_is_joined(host: Host) -> None:
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE[:10], PAGE[10:])) + b"0\r\n\r\n"
    site = host({"/": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + body})
    assert quick().fetch(site.url).content == PAGE


@pytest.mark.parametrize(("kind", "body", "shape"), [
    ("text/plain; charset=utf-8", b"Guns.", "text"), ("application/xhtml+xml", PAGE, "html"), (None, PAGE, "html"),
    (None, b"Guns arrived.", "text"), ("TEXT/HTML", PAGE, "html"),
])
def test_the_kind_is_the_declared_one_else_as_it_begins(host: Host, kind: str | None, body: bytes, shape: str) -> None:
    site = host({"/": answer(body, kind=kind)})
    assert quick().fetch(site.url).kind == shape


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_page_that_moved_is_followed(host: Host, status: str) -> None:
    site = host({"/": moved("/b/../new", status), "/new": answer()})
    assert quick().fetch(site.url).url == f"{site.url}/new"


# --- what is refused --------------------------------------------------------------------------------------------------

PRIVATE = ("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
           "224.0.0.1", "224.0.1.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.0.192", "198.18.0.1",
           "100.100.100.200", "168.63.129.16",
           "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "ff0e::1",
           "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::10.0.0.1",
           "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1", "2001:0:a00:1::f5ff:fffe", "2001:db8::1", "not one")


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_none_of_the_public_network(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8",
                                     "64:ff9b::8.8.8.8", "100.128.0.1"])
def test_a_public_address_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["169.254.169.254", "127.0.0.1", "::ffff:10.0.0.1", "10.1.2.3", "fd00::1"])
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(FetchError, match=r"news\.example is .*private network"):
        known(news_example=address).fetch("http://news.example/")


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(FetchError, match="private network"):
        known(news_example=["93.184.216.34", "10.0.0.1"]).fetch("https://news.example/")


@pytest.mark.parametrize("host_", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]",
                                   "[::ffff:127.0.0.1]", "localhost", "127.0.0.1.", "0", "１２７.0.0.1"])
def test_this_machine_is_refused_however_it_is_written(host: Host, host_: str) -> None:
    site = host({"/": answer()})
    with pytest.raises(FetchError):
        Fetcher().fetch(f"http://{host_}:{site.port}/")
    assert site.asked == []


def test_a_redirect_inside_is_refused(host: Host) -> None:
    inside = host({"/secret": answer(b"secret")})
    outside = host({"/": moved(f"http://inner.example:{inside.port}/secret")})

    fetcher = Fetcher(resolve=lambda name, port: ["127.0.0.1"] if name == "news.example" else ["10.0.0.1"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tocsin.fetch.guard.is_public", lambda address: address == "127.0.0.1")
        with pytest.raises(FetchError, match=r"inner\.example is 10\.0\.0\.1"):
            fetcher.fetch(f"http://news.example:{outside.port}/")
    assert inside.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    site = host({"/": answer()})
    asked: list[str] = []
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    def resolve(name: str, port: int) -> list[str]:
        asked.append(name)
        return next(answers)

    looked_up: list[object] = []
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda name, *more, **others: looked_up.append(name) or real(
        name, *more, **others))
    monkeypatch.setattr("tocsin.fetch.guard.is_public", lambda address: address == "127.0.0.1")
    Fetcher(resolve=resolve).fetch(f"http://news.example:{site.port}/")
    assert asked == ["news.example"]  # once
    assert set(looked_up) <= {"127.0.0.1"}  # and never the name again
    assert b"Host: news.example:" in site.asked[0]


@pytest.mark.parametrize(("url", "found"), [
    ("ftp://example.org/a", "http://"), ("file:///etc/passwd", "http://"), ("gopher://example.org", "http://"),
    ("http://", "http://"), ("http://user:pw@example.org/", "password"), ("http://example.org:22/", "port 22"),
    ("http://example.org:99999/", "no address"), ("http://exa mple.org/", "no address"),
    ("http://example.org/\r\nX: y", "no address"), ("http://example.org\\@10.0.0.1/", "no address"),
    ("http://[::1/", "no address"), (f"http://{'a' * 80}.org/", "no address"), ("http://..", "no address"),
])
def test_what_is_no_page_of_the_web_is_told(url: str, found: str) -> None:
    with pytest.raises(FetchError, match=found):
        Fetcher(resolve=lambda name, port: pytest.fail("it was looked up")).fetch(url)


def test_a_name_of_other_letters_is_asked_in_its_plain_form() -> None:
    target = target_of("https://bücher.example/ä?ö#x", rules())
    assert (target.host, target.path, target.port) == ("xn--bcher-kva.example", "/%C3%A4?%C3%B6", 443)


def test_redirects_in_a_circle_and_without_end_are_told(host: Host) -> None:
    site = host({"/a": moved("/b"), "/b": moved("/a"), **{f"/{n}": moved(f"/{n + 1}") for n in range(9)}})
    with pytest.raises(FetchError, match="back to itself"):
        quick().fetch(f"{site.url}/a")
    site.asked.clear()
    with pytest.raises(FetchError, match="more than 5 times"):
        quick().fetch(f"{site.url}/0")
    assert len(site.asked) == 6


@pytest.mark.parametrize(("page", "found"), [
    (answer(status="404 Not Found"), "404 Not Found"), (answer(status="403 Forbidden"), "403"),
    (answer(status="500 Internal Server Error"), "500"),
    (answer(b"x" * 2000, kind="application/octet-stream"), "octet-stream"),
    (answer(b"<rss/>", kind="application/rss+xml"), "tocsin follow"),
    (answer(b"x", kind="image/png"), "image/png"), (answer(b"", status="204 No Content"), "204"),
    (answer(b"x" * 90, "Content-Encoding: br"), "packed"),
    (answer(gzip.compress(PAGE, mtime=0)[:-9], "Content-Encoding: gzip"), "packed"),
    (answer(b"no gzip", "Content-Encoding: gzip"), "packed"), (b"SSH-2.0-OpenSSH\r\n", "no page that can be read"),
    (b"", "no page that can be read"), (answer(PAGE)[:-20], "no page that can be read"),
    (answer(PAGE, *(f"X-{n}: y" for n in range(200))), "no page that can be read"),
    (answer(PAGE, "X: " + "y" * 80_000), "no page that can be read"),
    (moved("ftp://example.org/"), "http://"), (moved("//[oops"), "no address"),
])
def test_an_answer_that_is_no_page_is_told(host: Host, page: bytes, found: str) -> None:
    site = host({"/": page})
    with pytest.raises(FetchError, match=found):
        quick(5).fetch(site.url)


def test_a_bomb_is_given_up(host: Host) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    assert len(bomb) < 250_000
    site = host({"/": answer(bomb, "Content-Encoding: gzip"), "/twice": answer(b"x" * 6_000_000)})
    for path in ("/", "/twice"):
        with pytest.raises(FetchError, match="5,000,000 bytes"):
            quick(30).fetch(site.url + path)


def test_a_page_that_drips_is_given_up_in_time(host: Host) -> None:
    def drip(head: bytes) -> Serve:
        def serve(connection: socket.socket, request: bytes) -> None:
            connection.sendall(head)
            for _ in range(400):
                connection.sendall(b"x")
                time.sleep(0.05)
        return serve

    site = host({"/body": drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"),
                 "/head": drip(b"HTTP/1.1 200 OK\r\nX-Long: "), "/status": drip(b"")})
    for path in ("/body", "/head", "/status"):
        began = time.monotonic()
        with pytest.raises(FetchError, match="within 1 seconds"):
            quick(1).fetch(site.url + path)
        assert time.monotonic() - began < 8


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(("begin", "again", "found"), [
    (CHUNKED, b"4000\r\n" + b"<p> " * 4096 + b"\r\n", "5,000,000 bytes"),  # a body without end
    (CHUNKED, b"1\r\nx\r\n" * 4096, r"5,000,000 bytes|within 1 seconds"),  # the same in crumbs
    (CHUNKED + b"1;", b"x" * 16_384, "no page that can be read|within 1 seconds"),  # a size that never ends
    (CHUNKED + b"1\r\nx\r\n0\r\n", b"X-More: y\r\n" * 1024, "no page that can be read|within 1 seconds"),  # trailers
    (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 512, "no page that can be read|within 1 seconds"),  # always about to answer
    (b"HTTP/1.1 200 OK\r\n", b"X-More: y\r\n" * 1024, "no page that can be read"),  # headers
    (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p> " * 16_384, "5,000,000 bytes"),  # no length, no end
])
def test_an_answer_without_end_is_given_up(host: Host, begin: bytes, again: bytes, found: str) -> None:
    def endless(connection: socket.socket, request: bytes) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(again)

    site = host({"/": endless})
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FetchError, match=found):
        quick(1).fetch(site.url)
    assert time.monotonic() - began < 10
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 200_000_000


def test_a_host_that_says_nothing_is_given_up(host: Host) -> None:
    site = host({"/": lambda connection, request: time.sleep(20)})
    with pytest.raises(FetchError, match=r"in time|within"):
        quick(1).fetch(site.url)


def test_offline_and_unknown_are_told() -> None:
    def unknown(name: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(FetchError, match=r"nowhere\.example was not found \(Name or service not known\).*give its text"):
        Fetcher(resolve=unknown).fetch("http://nowhere.example/")
    with pytest.raises(FetchError, match="not found in time"):
        Fetcher(resolve=lambda name, port: time.sleep(9) or [], limits=replace(rules(), wait=0.2)).fetch("http://slow.example/")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(FetchError, match=f"cannot be reached on port {port}"):
        quick().fetch(f"http://127.0.0.1:{port}/")


def test_a_host_is_tried_at_its_other_addresses(host: Host) -> None:
    site = host({"/": answer()})
    fetcher = Fetcher(private=True, resolve=lambda name, port: ["127.0.0.9", "127.0.0.1"])
    assert fetcher.fetch(f"http://two.example:{site.port}/").content == PAGE


def test_whoever_cannot_prove_who_it_is_is_not_believed(tmp_path: Path) -> None:
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=news.example", "-days", "2",
                    "-addext", "subjectAltName=DNS:news.example", "-keyout", tmp_path / "key", "-out", tmp_path / "cert"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    here = Fetcher(private=True, resolve=lambda name, port: ["127.0.0.1"], limits=replace(rules(), seconds=60, wait=60))
    with socket.create_server(("127.0.0.1", 0)) as plain:
        server = context.wrap_socket(plain, server_side=True)
        threading.Thread(target=_answering, args=(server,), daemon=True).start()
        url = f"://news.example:{server.getsockname()[1]}/"
        with pytest.raises(FetchError, match=r"news\.example cannot prove who it is"):
            here.fetch(f"https{url}")
        trusting = ssl.create_default_context(cafile=str(tmp_path / "cert"))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(connect_, "_trusted", lambda: trusting)
            assert here.fetch(f"https{url}").content == PAGE
            with pytest.raises(FetchError, match=r"other\.example cannot prove"):
                here.fetch(f"https{url}".replace("news", "other"))
        server.close()


def _answering(server: ssl.SSLSocket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except ssl.SSLError:
            continue
        except OSError:
            return
        with connection, suppress(OSError):
            connection.recv(4096)
            connection.sendall(answer())
