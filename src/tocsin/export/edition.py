"""An edition: a register frozen as a folder or a zip that can be cited, checked and compared. Same register, same bytes.

In: a register. Out: records (JSON lines and CSV), articles, corrections, coders, the method pages, data dictionaries, a
manifest with the SHA-256 of every file, and SHA256SUMS. The number of the edition is the digest of these digests.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from tocsin import __version__
from tocsin.errors import UsageError
from tocsin.export import csv, jsonl
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.register import Register
from tocsin.register import snapshot as state

Dict = dict[str, Any]
MANIFEST, SUMS, SCHEMA = "manifest.json", "SHA256SUMS", 1
PAGES = ("method.md", "codebook.md", "crosswalks.md", "limits.md", "contract.md")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the day that every file of a zip bears
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Edition:
    """What was frozen: where, its number, how many records and articles."""

    path: Path
    number: str
    records: int
    articles: int


def freeze(register: Register, path: Path, *, title: str | None = None, with_text: bool = False) -> Edition:
    """Freeze a register; ``path`` is a new folder, or a new file that ends with .zip. UsageError where it is there."""
    if path.exists():
        raise UsageError(words()("edition.exists", path=path))
    folder = path.with_name(path.name + ".part")
    packed = folder.with_name(folder.name + ".zip")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        manifest = _filled(register, folder, title, with_text)
        if path.suffix.lower() == ".zip":
            _pack(folder, packed, f"tocsin-{manifest['edition'][:12]}")
            os.replace(packed, path)
        else:
            os.replace(folder, path)
    except OSError as error:
        raise UsageError(words()("error.cannot_write", path=path, reason=error.strerror or error)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        packed.unlink(missing_ok=True)
    counts = manifest["counts"]
    return Edition(path, manifest["edition"], counts["records"], counts["articles"])


def _filled(register: Register, folder: Path, title: str | None, with_text: bool) -> Dict:
    """Write all files of an edition; its manifest."""
    counts: Dict = {}
    with register.snapshot() as db:
        rows = _Counted(lambda: state.records(register, db))
        _write(folder / "records.jsonl", jsonl.lines(rows))
        _write(folder / "records.csv", csv.lines(state.records(register, db)))
        counts["records"] = rows.n
        parts = state.PARTS | ({"texts": state.texts} if with_text else {})
        for name, part in parts.items():
            told = _Counted(lambda part=part: part(register, db))  # type: ignore[misc]
            _write(folder / f"{name}.jsonl", (_line(one) for one in told))
            counts[name] = told.n
        as_of = state.as_of(db)
    _write(folder / "records.dictionary.csv", [csv.dictionary()])
    _write(folder / "records.dictionary.json", [jsonl.dictionary()])
    for page in PAGES:
        _write(folder / page, [_page(page)])
    files = {file.name: _digest(file) for file in sorted(folder.iterdir())}
    number = hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in files.items()).encode()).hexdigest()
    name = title or words()("edition.title")
    manifest = {
        "schema": SCHEMA, "title": name, "edition": number, "as_of": as_of,
        "tocsin": {"version": __version__, "knowledge": Tables().digest}, "counts": counts,
        "files": [{"name": file, "sha256": digest, "bytes": (folder / file).stat().st_size}
                  for file, digest in files.items()]}
    _write(folder / MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"])
    _write(folder / "README.md", [_readme(manifest)])
    sums = (f"{_digest(file)}  {file.name}\n" for file in sorted(folder.iterdir()))
    _write(folder / SUMS, list(sums))
    return manifest


class _Counted:
    """Goes through something, counting."""

    def __init__(self, begin: Callable[[], Iterator[Any]]) -> None:
        self._begin, self.n = begin, 0

    def __iter__(self) -> Iterator[Any]:
        for one in self._begin():
            self.n += 1
            yield one


def _readme(manifest: Dict) -> str:
    """What the edition is, how to cite and how to check it."""
    say, counts = words(), manifest["counts"]
    return say("edition.readme", title=manifest["title"], edition=manifest["edition"], short=manifest["edition"][:12],
               as_of=manifest["as_of"] or say("nothing"), version=__version__,
               records=say("count.records", n=counts["records"]), articles=say("count.articles", n=counts["articles"]),
               corrections=counts["corrections"])


def _page(name: str) -> str:
    """A page of the documentation, as it belongs to this version."""
    inside = resources.files("tocsin").joinpath("docs", name)
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    beside = Path(__file__).resolve().parents[3] / "docs" / name  # run from its source
    return beside.read_text(encoding="utf-8")


def _line(one: Dict) -> str:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="", buffering=_BLOCK) as file:
        file.writelines(parts)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(folder: Path, path: Path, root: str) -> None:
    """A zip of a folder: files in order, all of the same day."""
    with zipfile.ZipFile(path, "w") as packed:
        for file in sorted(folder.iterdir()):
            about = zipfile.ZipInfo(f"{root}/{file.name}", _EPOCH)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with packed.open(about, "w", force_zip64=True) as target, file.open("rb") as source:
                shutil.copyfileobj(source, target, _BLOCK)
