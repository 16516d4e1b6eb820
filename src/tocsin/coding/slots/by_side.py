"""Equipment counted by side in one phrase: "four Chinese and fifteen Russian aircraft" are two lines.

In: an entity with its line of materiel. Out: one line for each number, or the line as it was.
"""

from __future__ import annotations

from tocsin.coding.slots.counts import to_count
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence
from tocsin.model import Materiel


def lines_by_side(entity: Entity, line: Materiel, note: Annotated) -> list[Materiel]:
    """The line once for each number with a nationality behind it, where the phrase has more than one such."""
    sentence = note.sentences[entity.sentence]
    numbers = [
        n
        for n in note.numbers
        if entity.start <= n.start < line.end and n.unit is None and _of_a_side(sentence, n.end, line.end)
    ]
    if len(numbers) < 2:
        return [line]
    found = []
    for number, after in zip(numbers, [*numbers[1:], None], strict=True):
        words = [t for t in sentence if number.start <= t.start and t.end <= (after.start if after else line.end)]
        while words and words[-1].pos in ("CCONJ", "PUNCT"):
            words.pop()
        start, end = number.start, words[-1].end
        text = note.article.text[start:end]
        found.append(line.model_copy(update={"start": start, "end": end, "text": text, "count": to_count(number)}))
    return found


def _of_a_side(sentence: Sentence, at: int, end: int) -> bool:
    """Whether the word after a number is a nationality or name that stands before the thing counted."""
    word = next((t for t in sentence if t.start >= at), None)
    return word is not None and word.end < end and word.text[:1].isupper() and word.pos in ("ADJ", "PROPN")
