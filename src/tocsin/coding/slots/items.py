"""What a transfer holds where another clause or a list tells it: "The package includes six howitzers", "It contains:".

In: sentences in order, their clauses, the drafts so far. Out: lines of materiel (and their sentences as evidence) added
to the transfer that was told last. A line of a list is a sentence without a finite verb after a colon.
"""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.coding.draft import Draft
from tocsin.coding.slots.equipment import line_of
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Clause

_REACH = 2  # sentences from a transfer to the clause that tells its contents
_LIST_ENDS = frozenset({".", "!", "?"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_HEADS = frozenset({"root", "conj", "obj", "appos", "nsubj", "dep", "parataxis", "list"})


class Contents:
    """Follows one article and adds to its transfers what later words say they hold."""

    def __init__(self, note: Annotated, use: str | None) -> None:
        self.note = note
        self.use = use
        self.words = note.interpreter.lexicon.words
        self.listing: Draft | None = None  # whose list stands open

    def line(self, sentence: Sentence) -> bool:
        """Take a sentence as a line of the open list; whether it was one."""
        if self.listing is None:
            return False
        if any(t.tag in _FINITE and t.dep in ("root", "aux", "cop", "aux:pass") for t in sentence):
            self.listing = None
            return False
        self._add(self.listing, sentence, self._things(sentence))
        if sentence.tokens[-1].text in _LIST_ENDS:
            self.listing = None
        return True

    def take(self, sentence: Sentence, clauses: Iterable[Clause], drafts: list[Draft]) -> None:
        """Add what a clause of containing tells, and open the list that a colon announces."""
        transfers = [d for d in drafts if d.type == "arms_transfer"]
        last = transfers[-1] if transfers else None
        if last is None or sentence.index - max(last.sentences) > _REACH:
            return
        telling = [c for c in clauses if c.kind == "verb" and c.lemma in self.words("containing_verbs")]
        telling = [c for c in telling if self._of_transfer(c, last, sentence)]
        for clause in telling:
            slots = ("obj", "of") if clause.lemma == "consist" else ("obj",)
            found = [e for a in clause.get(*slots) for e in a.entities]
            self._add(last, sentence, [m for e in found for m in self._parts(e, sentence)])
        colon = sentence.tokens[-1].text == ":"
        if colon and (telling or sentence.index in last.sentences):
            self.listing = last
            if sentence.index not in last.sentences:
                last.sentences.append(sentence.index)

    def _of_transfer(self, clause: Clause, draft: Draft, sentence: Sentence) -> bool:
        """Whether what contains is the transfer: a package, the aid, "it", "this", or its own noun."""
        for argument in clause.get("subj"):
            for entity in argument.entities:
                token = sentence.tokens[argument.token.i]
                if any(k.lower in self.words("earlier_words") for k in sentence.kids(token, "amod")):
                    return False
                if entity.types & {"aid"} or entity.lemma in self.words("transfer_nouns"):
                    return True
                if token.lower in self.words("transfer_pronouns") and sentence.index - max(draft.sentences) <= 1:
                    return True
        return False

    def _things(self, sentence: Sentence) -> list[Entity]:
        """The pieces of equipment of a list line: the heads of its phrases, not what stands inside them."""
        found = []
        for token in sentence:
            if token.pos in ("NOUN", "PROPN", "NUM", "SYM") and token.dep in _HEADS and self._outer(sentence, token):
                found += self._parts(self.note.interpreter.entity(sentence, token), sentence)
        return found

    def _outer(self, sentence: Sentence, token: Token) -> bool:
        """Whether no phrase with a preposition or modifier lies between a token and the top of the line."""
        current: Token | None = token
        while current is not None and current.dep != "root":
            if current.dep not in _HEADS:
                return False
            current = sentence.parent(current)
        return True

    def _parts(self, entity: Entity, sentence: Sentence) -> list[Entity]:
        interpreter = self.note.interpreter
        head = sentence.tokens[entity.head]
        found = [interpreter.entity(sentence, interpreter.effective(sentence, head))]
        for kid in sentence.kids(head, "nmod"):
            case = " ".join(t.lower for t in sentence.kids(kid, "case"))
            if case in self.words("including"):
                found += interpreter.entities(sentence, kid)
        return found

    def _add(self, draft: Draft, sentence: Sentence, things: list[Entity]) -> None:
        lines = [line for e in things if (line := line_of(e, self.note, self.use)) is not None]
        taken = {(m.start, m.end) for m in draft.materiel}
        fresh = [line for line in lines if (line.start, line.end) not in taken]
        if not fresh:
            return
        vague = [m for m in draft.materiel if m.class_ == "unspecified" and m.count.min is None]
        draft.materiel = [m for m in draft.materiel if m not in vague] + fresh
        if sentence.index not in draft.sentences:
            draft.sentences.append(sentence.index)
