"""A digest's stories apart: events are joined within a story only.

In: an annotated article. Out: its sentences in groups; an article that is no digest is one group.
"""

from __future__ import annotations

from tocsin.language.annotate import Annotated
from tocsin.language.digest import stories_of
from tocsin.language.tokens import Sentence


def stories(note: Annotated) -> list[list[Sentence]]:
    """Sentences by story, in text order."""
    return stories_of(note.sentences, note.article.text)


def is_heading(sentence: Sentence) -> bool:
    """A line of the body without a finite verb or a full stop: a topic heading, which claims nothing."""
    if (
        sentence.kind == "headline"
        or sentence.index == 0
        or sentence.tokens[-1].text in (".", "!", "?", ":", ";", '"', "\u201d")
    ):
        return False
    return not any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in sentence)
