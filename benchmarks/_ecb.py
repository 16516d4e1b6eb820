"""Articles of ECB+ with what is marked in them, for `incidents.py`.

In: the corpus folder. Out: texts joined from the corpus's tokens, and for each sentence the events that its hand-marked
actions stand for across documents. A name such as ``12_3ecbplus`` has the topic, the number and the half: texts of one
topic and half tell one event, those of the other half one that looks like it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"(\d+)_(\d+)(ecb|ecbplus)")
_ADDRESS = re.compile(r"\s*http")
_JOINED = re.compile(r" (?=[,.;:!?%)\]]|n't\b|'(?:s|re|ve|ll|d|m)?\b)|(?<=[(\[$]) |(?<=``) | (?='')")


@dataclass(frozen=True)
class Document:
    """One text. ``sentences`` are its (start, end, events): spans of the text with the ids of the events marked there."""

    name: str
    text: str
    sentences: tuple[tuple[int, int, frozenset[str]], ...]

    @property
    def half(self) -> str:
        """Topic and half: what tells one event."""
        topic, _, half = _parts(self.name)
        return f"{topic}{half}"

    def events(self, start: int, end: int) -> frozenset[str]:
        """The events marked in the sentences that a span meets."""
        return frozenset(event for begin, stop, events in self.sentences if begin < end and start < stop for event in events)


def documents(folder: Path, topics: list[int]) -> Iterator[Document]:
    """All texts of some topics, in order."""
    for topic in topics:
        files = (folder / "ECB+" / str(topic)).glob("*.xml")
        for file in sorted(files, key=lambda file: (_parts(file.stem)[2], int(_parts(file.stem)[1]))):
            yield read(file)


def read(file: Path) -> Document:
    """One text. The sentence 0 of a newer text is its address, not its words."""
    root = ElementTree.parse(file).getroot()
    events = _events(root)
    words: dict[int, list[str]] = defaultdict(list)
    marked: dict[int, set[str]] = defaultdict(set)
    for token in root.iter("token"):
        sentence = int(token.attrib["sentence"])
        words[sentence].append(token.text or "")
        marked[sentence] |= events.get(token.attrib["t_id"], set())
    text, sentences = "", []
    for sentence, tokens in sorted(words.items()):
        line = _JOINED.sub("", " ".join(tokens)).replace("``", '"').replace("''", '"')
        if sentence == 0 and _ADDRESS.match(line):
            continue
        sentences.append((len(text), len(text) + len(line), frozenset(marked[sentence])))
        text += line + "\n"
    return Document(file.stem, text.rstrip("\n"), tuple(sentences))


def _events(root: ElementTree.Element) -> dict[str, set[str]]:
    """By token, the events across documents that it is marked for."""
    spans = {mark.attrib["m_id"]: [anchor.attrib["t_id"] for anchor in mark.iter("token_anchor")]
             for mark in root.find("Markables") or () if mark.tag.startswith(("ACTION", "NEG"))}
    found: dict[str, set[str]] = defaultdict(set)
    for link in root.iter("CROSS_DOC_COREF"):
        for source in link.iter("source"):
            for token in spans.get(source.attrib["m_id"], ()):
                found[token].add(link.attrib["note"])
    return found


def _parts(name: str) -> tuple[str, str, str]:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} is no name of an ECB+ text")
    return found[1], found[2], found[3]
