"""Loading hand-coded articles: a folder of ``<id>.yaml`` beside ``<id>.txt`` in, one ``GoldArticle`` each out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import KnowledgeError, UsageError
from tocsin.knowledge.loader import read_yaml


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One hand-coded article: its text, what is known of its source, and the records that belong to it."""

    id: str
    text: str
    title: str | None
    url: str | None
    published: str | None
    records: tuple[dict[str, Any], ...]
    negatives: tuple[dict[str, Any], ...]


def load_gold(folder: Path, only: Sequence[str] = ()) -> list[GoldArticle]:
    """Every article of the folder by name, or those whose id starts with one of ``only``.

    Raises UsageError where nothing is found, KnowledgeError (naming the file) where a gold file is damaged.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; give a folder of gold files (<id>.yaml beside <id>.txt)")
    files = sorted(folder.glob("*.yaml"))
    chosen = [file for file in files if not only or file.stem.startswith(tuple(only))]
    if not chosen:
        wanted = f" whose name starts with {' or '.join(only)}" if only else ""
        raise UsageError(f"no gold file (<id>.yaml){wanted} in {folder}")
    return [_load(file) for file in chosen]


def read_gold(gold: Sequence[GoldArticle], knowledge: Path | None = None) -> dict[str, list[dict[str, Any]]]:
    """What the reader codes in each article, by its id, as plain values; loads the language model."""
    from tocsin.reader import Reader  # results of a file are scored without the model

    reader, found = Reader(knowledge), {}
    for article in gold:
        result = reader.read_text(
            article.text, published=article.published, source=article.id, title=article.title, url=article.url
        )
        found[article.id] = [record.model_dump(mode="json", by_alias=True) for record in result.records]
    return found


def _load(file: Path) -> GoldArticle:
    data = read_yaml(file)
    if not isinstance(data, dict) or not isinstance(data.get("records", []), list):
        raise KnowledgeError(f"{file}: expected a mapping with the list `records`")
    text = _text_of(file, data.get("text_sha256"))
    source = data.get("source") or {}
    records = tuple(data.get("records") or ())
    _check(file, records, len(text))
    return GoldArticle(
        id=str(data.get("id") or file.stem),
        text=text,
        title=source.get("title"),
        url=source.get("url"),
        published=str(source["published"])[:10] if source.get("published") else None,
        records=records,
        negatives=tuple(data.get("negatives") or ()),
    )


def _text_of(file: Path, digest: str | None) -> str:
    try:
        content = file.with_suffix(".txt").read_bytes()
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file}: its text {file.stem}.txt cannot be read: {error}") from error
    if digest and hashlib.sha256(content).hexdigest() != digest:
        raise KnowledgeError(f"{file}: {file.stem}.txt is not the text that was coded (text_sha256 differs)")
    return text


def _check(file: Path, records: Sequence[Any], length: int) -> None:
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict) or not record.get("type") or not record.get("evidence"):
            raise KnowledgeError(f"{file}, record {number}: `type` and `evidence` are needed")
        for span in record["evidence"]:
            if not 0 <= span["start"] < span["end"] <= length:
                where = f"{span['start']}-{span['end']}"
                raise KnowledgeError(f"{file}, record {number}: evidence {where} is not in the text")
