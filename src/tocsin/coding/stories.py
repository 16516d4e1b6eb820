"""A digest's stories apart: lines that each end with their outlet tell each its own event.

In: an annotated article. Out: its sentences in groups; events are joined within a group only. An article that is no
digest is one group.
"""

from __future__ import annotations

import re
from collections import defaultdict

from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence

_OUTLET = re.compile(r"[.!?”\"]\s*(?:\([A-Z][^()]{1,80}\)\s*)+$")  # "… wounding ten others. (Al Jazeera) (AP)"
_FEWEST, _SHARE = 3, 0.6


def stories(note: Annotated) -> list[list[Sentence]]:
    """Sentences by story, in text order."""
    paragraphs: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in note.sentences:
        paragraphs[sentence.paragraph].append(sentence)
    body = [group for group in paragraphs.values() if group[0].kind == "body"]
    ends = [group for group in body if _OUTLET.search(note.article.text[group[0].start : group[-1].end])]
    if len(ends) < _FEWEST or len(ends) < _SHARE * len(body):
        return [note.sentences]
    return list(paragraphs.values())
