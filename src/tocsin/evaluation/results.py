"""Bringing a coder's results to the gold articles: a JSON Lines file of any coder, or results as dictionaries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any

from tocsin.errors import InputError, UsageError
from tocsin.evaluation.gold import GoldArticle

Dict = dict[str, Any]


def load_results(file: Path) -> list[Dict]:
    """Results of a coder, one JSON object a line (``tocsin read --json``)."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            result = json.loads(line)
        except ValueError as error:
            raise InputError(f"{file}, line {number}: no JSON object: {error}") from error
        if not isinstance(result, dict) or not isinstance(result.get("article"), dict):
            raise InputError(f"{file}, line {number}: expected an object with `article` and `records`")
        found.append(result)
    return found


def records_by_article(gold: Sequence[GoldArticle], results: Iterable[Dict]) -> dict[str, list[Dict]]:
    """Records for each gold article that has a result, found by the text's digest, the text, the name or the id.

    Raises UsageError where a result of that name has another text: offsets would mean nothing.
    """
    by_text = {hashlib.sha256(article.text.encode()).hexdigest(): article.id for article in gold}
    by_name = {article.id: article for article in gold}
    found: dict[str, list[Dict]] = {}
    for result in results:
        article = result["article"]
        name = by_text.get(_digest(article) or "") or _named(article, by_name)
        if name is not None:
            found[name] = list(result.get("records") or ())
    return found


def _digest(article: Dict) -> str | None:
    text = article.get("text")
    return hashlib.sha256(text.encode()).hexdigest() if isinstance(text, str) else article.get("text_sha256")


def _named(article: Dict, gold: dict[str, GoldArticle]) -> str | None:
    stem = PurePath(str(article.get("source") or "")).stem
    name = next((key for key in (article.get("id"), stem) if key in gold), None)
    if name is not None and isinstance(article.get("text"), str) and article["text"] != gold[name].text:
        raise UsageError(f"the result for {name} was made from another text than {name}.txt; code that file as it is")
    return name
