"""Digests of a day: lines that each end with their outlet tell each a story of its own.

In: sentences and the text. Out: the stories as groups of sentences; an article that is no digest is one group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from tocsin.language.tokens import Sentence

_OUTLET = re.compile(r"[.!?”\"]\s*(?:\([A-Z][^()]{1,80}\)\s*)+$")  # "… wounding ten others. (Al Jazeera) (AP)"
_FEWEST, _SHARE = 3, 0.6


def ends_story(paragraph: str) -> bool:
    """Whether a paragraph ends with its outlet, as the stories of a digest do."""
    return _OUTLET.search(paragraph.rstrip()) is not None


def stories_of(sentences: Sequence[Sentence], text: str) -> list[list[Sentence]]:
    """Sentences by story, in text order."""
    paragraphs: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        paragraphs[sentence.paragraph].append(sentence)
    body = [group for group in paragraphs.values() if group[0].kind == "body"]
    ends = [group for group in body if ends_story(text[group[0].start : group[-1].end])]
    two = len(ends) == len(body) == _FEWEST - 1  # two stories, each with its outlet, are a short day
    if (len(ends) < _FEWEST and not two) or len(ends) < _SHARE * len(body):
        return [list(sentences)]
    return list(paragraphs.values())
