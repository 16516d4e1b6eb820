"""Run by ``wheel.py`` with the Python of an empty environment: read sample reports, serve them, ask for every page.

Knows nothing of this repository: only what is installed, and HTTP. Prints figures; exit status 1 where something failed.
"""

from __future__ import annotations

import fcntl
import re
import socket
import struct
import subprocess
import sys
import urllib.parse
import urllib.request
from collections import Counter
from html import unescape
from pathlib import Path

MOST = 80  # pages
_KINDS = ("/", "/records", "/records/", "/articles/", "/parties/", "/try", "/records.csv", "/records.jsonl", "/records.atom",
          "/incidents", "/incidents/", "/incidents.csv", "/review", "/review/incidents", "/api/", "/static/", "/explain")
# Loaded by every Python of the environment before anything else: whoever would leave the machine is told, and refused.
_GUARD = '''
import ipaddress, socket, sys
_connect = socket.socket.connect
def connect(self, address):
    inet = self.family in (socket.AF_INET, socket.AF_INET6)
    if inet and not ipaddress.ip_address(address[0].partition("%")[0]).is_loopback:
        print(f"FETCHED {address}", file=sys.stderr, flush=True)
        raise OSError("off this machine")
    return _connect(self, address)
socket.socket.connect = socket.socket.connect_ex = connect
_resolve = socket.getaddrinfo
def getaddrinfo(host, *rest, **named):
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        print(f"FETCHED {host}", file=sys.stderr, flush=True)
        raise OSError("off this machine")
    return _resolve(host, *rest, **named)
socket.getaddrinfo = getaddrinfo
'''


def main() -> int:
    """Ingest, serve, walk."""
    folder = Path(sys.argv[1])
    import tocsin

    home = Path(tocsin.__file__).parent
    if not home.is_relative_to(sys.prefix):
        print(f"tocsin comes from {home}, not from the environment", file=sys.stderr)
        return 1
    home.parent.joinpath("sitecustomize.py").write_text(_GUARD)
    _up()
    reports = sorted(map(str, (home / "demo" / "reports").glob("*.json")))[:3]
    command = [str(Path(sys.executable).with_name("tocsin"))]
    log = folder / "log.txt"
    with log.open("w") as errors:
        subprocess.run([*command, "ingest", "--register", "wheel.db", *reports], check=True, cwd=folder, stderr=errors,
                       stdout=subprocess.DEVNULL)
        serving = subprocess.Popen([*command, "serve", "--register", "wheel.db", "--port", "0"], cwd=folder, text=True,
                                   stdout=subprocess.PIPE, stderr=errors)
        try:
            faults = _walk(_address(serving))
        finally:
            serving.terminate()
            serving.wait(20)
    faults += [line for line in log.read_text().splitlines() if "FETCHED" in line or "Traceback" in line]
    print("\n".join(faults), file=sys.stderr) if faults else None
    print(f"wheel.faults: {len(faults)}")
    return 1 if faults else 0


def _address(serving: subprocess.Popen[str]) -> str:
    assert serving.stdout is not None
    for line in serving.stdout:
        if found := re.search(r"http://\S+:\d+", line):
            return found[0]
    raise SystemExit("the server ended")


def _walk(base: str) -> list[str]:
    """Follow all links from the first page; what did not answer as it should."""
    faults, seen, open_ = list[str](), set[str](), ["/", "/api/v1/openapi.json", "/api/v1/overview", "/try"]
    sizes: dict[str, int] = {}
    while open_ and len(sizes) < MOST:
        path = open_.pop(0)
        if path in seen:
            continue
        seen.add(path)
        try:
            with urllib.request.urlopen(base + path, timeout=60) as answer:
                body = answer.read().decode()
                kind = answer.headers.get_content_type()
        except OSError as error:
            faults.append(f"{path}: {error}")
            continue
        sizes[path] = len(body)
        if kind == "text/html":
            links = dict.fromkeys(unescape(link) for link in re.findall(r'(?:href|src)="(/[^"#]*)', body))
            open_ += [link for link in links if link not in seen]
            seen_of = Counter(map(_kind, sizes))
            open_.sort(key=lambda link: seen_of[_kind(link)])  # one of each kind before the second of any
    missing = [kind for kind in _KINDS if not any(_kind(path) == kind for path in sizes)]
    faults += [f"no page of this kind was reached: {kind}" for kind in missing]
    text = "Norway handed six howitzers to Latvia."
    with urllib.request.urlopen(f"{base}/try", urllib.parse.urlencode({"text": text}).encode(), timeout=60) as answer:
        if "Arms transfer" not in answer.read().decode():
            faults.append("a pasted text gave no record")
    print(f"wheel.pages: {len(sizes)}")
    return faults


def _kind(path: str) -> str:
    """The kind of page that an address leads to."""
    path = path.partition("?")[0]
    if path in _KINDS:
        return path
    if path.endswith("/explain"):
        return "/explain"
    return next((kind for kind in _KINDS if kind.endswith("/") and kind != "/" and path.startswith(kind)), path)


def _up() -> None:
    """Bring up the loopback of a network that is new; it is up already elsewhere."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            fcntl.ioctl(one, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: IFF_UP, IFF_RUNNING
    except OSError as error:
        print(f"loopback: {error}")


if __name__ == "__main__":
    raise SystemExit(main())
