"""Who speaks in paragraphs without quotation marks behind "N said:", as releases print what somebody says.

In: a sentence and the annotated article. Out: the verb and the speaker; nothing where the paragraph right behind the colon
does not speak as "I" or "we", where marks open a quotation, or where somebody else is told to speak in between.
"""

from __future__ import annotations

from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token

_MARKS = ('"', "\u201c", "\u2018", "'", "\u00ab")
_FAR = 40  # sentences that somebody may speak
_KINDS = ("person", "government_body", "military")


def announced(sentence: Sentence, note: Annotated) -> tuple[Token, Entity] | None:
    """Who was told to speak in the paragraphs before a sentence and still does."""
    spoken = sentence.paragraph
    for other in reversed(note.sentences[max(0, sentence.index - _FAR) : sentence.index]):
        if other.kind != sentence.kind:
            return None
        text = note.article.text[other.start : other.end].strip()
        said = _said(other, note)
        if text.endswith(":") and other.paragraph == spoken - 1 and said is not None:
            here = [s for s in note.sentences if s.paragraph == spoken]
            return said if _as_self(here, note) and said[1].parties and said[1].parties[0].kind in _KINDS else None
        if text.startswith(_MARKS) or text.endswith(":") or (said is not None and not _is_self(other, said[1], note)):
            return None
        spoken = other.paragraph
    return None


def _said(sentence: Sentence, note: Annotated) -> tuple[Token, Entity] | None:
    words = note.interpreter.lexicon.words("saying")
    for token in sentence:
        if token.pos == "VERB" and token.lemma in words:
            for subject in sentence.kids(token, "nsubj")[:1]:
                return token, note.interpreter.entity(sentence, subject)
    return None


def _as_self(sentences: list[Sentence], note: Annotated) -> bool:
    selves = note.interpreter.lexicon.words("pronouns_self")
    opens = bool(sentences) and note.article.text[sentences[0].start : sentences[0].end].strip().startswith(_MARKS)
    return not opens and any(t.pos == "PRON" and t.lower in selves for s in sentences for t in s)


def _is_self(sentence: Sentence, entity: Entity, note: Annotated) -> bool:
    head = sentence.tokens[entity.head] if entity.sentence == sentence.index else None
    return head is not None and head.lower in note.interpreter.lexicon.words("pronouns_self")
