"""How far the words of a mention reach: descriptions with the name behind them, titles with the person's name.

In: phrases and mentions. Out: spans ("the Government of Iraq"), mentions joined ("Foreign Secretary" + "Boris Johnson").
"""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Mention, Party

_LONGEST = 8  # words behind the head of a description
_JOINTS = frozenset({"of", "for"})


def described_span(note: Annotated, sentence: Sentence, head: Token, party: Party) -> tuple[int, int]:
    """The span of a description: its title from the first word, and the name behind "of" or "for" that belongs to it."""
    role = note.interpreter.lexicon.role(sentence, head)
    if role is None:
        return party.start, party.end
    start, last = min(party.start, sentence.tokens[role[1]].start), head.i
    for kid in sentence.kids(head, "nmod"):
        words = sentence.subtree(kid)
        near = kid.i > head.i and words[0].i == last + 1 and case_of(sentence, kid) in _JOINTS
        reach = next((t.i for t in words if t.text in (",", ";", "(", "—", "–")), words[-1].i + 1) - 1
        named = any(t.text[:1].isupper() for t in sentence.tokens[last + 1 : reach + 1])
        if near and named and last < reach <= last + _LONGEST:
            last = reach
    return start, max(party.end, sentence.tokens[last].end)


def joined_titles(found: Iterable[Mention], text: str) -> list[Mention]:
    """Mentions of people with a title that stands right before a name joined to it; one that lies within another is left
    out, its identity kept."""
    joined: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        last = next((m for m in reversed(joined) if m.type == "person"), None)
        if mention.type != "person" or last is None or mention.start > last.end + 1 or _parted(text, last, mention):
            joined.append(mention)
            continue
        end = max(last.end, mention.end)
        known = mention if mention.id or not last.id else last
        whole = last.model_copy(update={
            "end": end, "text": text[last.start : end], "id": known.id, "name": known.name,
            "country": known.country or last.country,
        })
        joined[joined.index(last)] = whole
    return joined


def _parted(text: str, last: Mention, mention: Mention) -> bool:
    """Whether something stands between two mentions, or the second, within the first, is somebody else's name."""
    if mention.start < last.end:
        return mention.end > last.end or (mention.id is not None and last.id is not None and mention.id != last.id)
    return bool(text[last.end : mention.start].strip()) or "\n" in text[last.end : mention.start]
