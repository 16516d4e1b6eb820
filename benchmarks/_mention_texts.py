"""The texts of the party mentions, read one way by the tool that draws candidates and by the benchmark that scores them.

A text is known by a key. Wikinews: file and address, ``title\\n\\ntext``. re3d: folder and document id, the text as it is.
ECB+: topic and file, its tokens put back into prose: the tokens of a sentence joined by blanks that punctuation and
quotation marks take away, sentences that are web addresses left out, sentences joined by a blank, or by an empty line
after one that has no final mark (a headline, a byline). Two more are read for the second, unseen list. Releases: file and
id, the text as it is. MEANTIME: the file's name, its tokens as those of ECB+.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
NAMES = ("wikinews", "re3d", "ecbplus")
UNSEEN = ("wikinews", "ecbplus", "releases", "meantime")
_FOLDERS = {"wikinews": "wikinews_2019_2020", "releases": "open_releases"}
_TOKEN = re.compile(r'<token (?:t_id="\d+" |number="\d+" )sentence="(\d+)"[^>]*>([^<]*)</token>')
_CLOSING = {",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d", "”", "''"}
_OPENING = {"(", "[", "$", "£", "€", "“", "``"}
_FINAL = re.compile(r"[.!?][\"'”’)]*$")


@dataclass(frozen=True)
class Text:
    """One article: its corpus, its key in the list, what it says; its day and its address where the corpus tells them."""

    corpus: str
    key: str
    published: str | None
    text: str
    url: str | None = None


def texts(root: Path = CORPORA, names: tuple[str, ...] = NAMES) -> Iterator[Text]:
    """Every article of the corpora named, in a fixed order."""
    readers = {"wikinews": _wikinews, "re3d": _re3d, "ecbplus": _ecbplus, "releases": _releases, "meantime": _meantime}
    for name in names:
        yield from readers[name](root)


def absent(root: Path = CORPORA, names: tuple[str, ...] = NAMES) -> list[str]:
    """The folders of the corpora that are not there."""
    folders = [root / _FOLDERS.get(name, name) for name in names]
    return [str(folder) for folder in folders if not folder.is_dir()]


def _wikinews(root: Path) -> Iterator[Text]:
    csv.field_size_limit(10**8)
    for file in sorted((root / "wikinews_2019_2020").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                key = f"{file.name}#{row['url'].rsplit('/', 1)[-1]}"
                yield Text("wikinews", key, row["date"] or None, f"{row['title']}\n\n{row['text']}", row["url"])


def _re3d(root: Path) -> Iterator[Text]:
    for file in sorted((root / "re3d").glob("*/documents.json")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Text("re3d", f"{file.parent.name}#{row['_id']}", None, row["text"], row.get("sourceUrl"))


def _ecbplus(root: Path) -> Iterator[Text]:
    for file in sorted((root / "ecbplus" / "ECB+").glob("*/*.xml")):
        yield Text("ecbplus", f"{file.parent.name}/{file.name}", None, _untokenised(file))


def _releases(root: Path) -> Iterator[Text]:
    for file in sorted((root / "open_releases").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Text("releases", f"{file.name}#{row['id']}", row["published"], row["text"], row["url"])


def _meantime(root: Path) -> Iterator[Text]:
    for file in sorted((root / "meantime" / "intra-doc_annotation").glob("*/*.xml")):
        yield Text("meantime", file.name, None, _untokenised(file))


def _untokenised(file: Path) -> str:
    """The tokens of an annotated file as prose; none of its labels."""
    sentences: dict[int, list[str]] = {}
    for number, token in _TOKEN.findall(file.read_text(encoding="utf-8")):
        if word := html.unescape(token).strip():
            sentences.setdefault(int(number), []).append(word)
    return _prose(list(sentences.values()))


def _prose(sentences: list[list[str]]) -> str:
    """The tokens of a file as running text."""
    text = ""
    for words in sentences:
        if words[0].startswith("http"):
            continue
        line = _joined(words)
        text += (" " if _FINAL.search(text) else "\n\n") + line if text else line
    return text


def _joined(words: list[str]) -> str:
    """The tokens of one sentence, without the blanks that stand only between tokens."""
    line, tight, quoted = "", True, False
    for word in words:
        closes = word in _CLOSING or (word == '"' and quoted)
        line += word if tight or closes else f" {word}"
        tight = word in _OPENING or (word == '"' and not quoted)
        quoted = quoted != (word == '"')
    return line
