"""The normal form of a clause.

A clause is a predicate (verb, event noun, adjective or predicate noun) with its arguments named as in an active sentence
(``subj``, ``obj``, ``iobj``, the preposition for others; for nouns also ``poss``, ``nat`` for a nationality or party
before it and ``comp`` for another noun before it), its own tense, polarity and modality, and the operators above it.
The printed form is what ``tocsin explain`` shows and what the golden tests compare:

    send(subj=Russia, obj=12 armoured vehicles, to=Tajikistan) past
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token

Tense = Literal["past", "present", "future", "infinitive", "none"]
Modality = Literal["possible", "duty", "would", "none"]


@dataclass(slots=True)
class Argument:
    """What fills one slot: a phrase with its entities (several where coordinated)."""

    token: Token
    entities: list[Entity]

    @property
    def text(self) -> str:
        """The phrase in short, for printing."""
        return " + ".join(e.text for e in self.entities)


@dataclass(slots=True)
class Operator:
    """A predicate above the clause: "plans to", "denied that", "a threat of"."""

    token: Token
    lemma: str
    kind: Literal["verb", "noun", "adjective", "mark"]
    negated: bool = False
    modality: Modality = "none"
    tense: Tense = "none"
    scope: bool = True  # False: only attribution reaches through (relative and adverbial clauses)
    relation: str = ""
    passive: bool = False
    subject: list[Entity] = field(default_factory=list)

    def __str__(self) -> str:
        polarity = "not " if self.negated else ""
        return f"{polarity}{self.lemma}" + ("" if self.scope else "*")


@dataclass(slots=True)
class Clause:
    """One predicate in normal form."""

    sentence: Sentence
    token: Token
    lemma: str
    kind: Literal["verb", "noun", "adjective"]
    args: dict[str, list[Argument]] = field(default_factory=dict)
    tense: Tense = "none"
    progressive: bool = False
    passive: bool = False
    negated: bool = False
    perfect: bool = False
    modality: Modality = "none"
    operators: list[Operator] = field(default_factory=list)
    support: Token | None = None  # the light or occurrence verb that carries an event noun
    support_lemma: str = ""
    definite: bool = False
    reach: tuple[int, int] | None = None  # where in the text its time stands, if its things are told apart
    complement: Clause | None = None  # the clause that is its content ("said that …", "vowed to …")

    def get(self, *slots: str) -> list[Argument]:
        """Arguments of the given slots, in the order of the slots."""
        args = self.args
        if len(slots) == 1:
            return list(args.get(slots[0], ()))
        return [a for slot in slots if slot in args for a in args[slot]]

    def add(self, slot: str, argument: Argument) -> None:
        """Add an argument unless its token fills the slot already."""
        listed = self.args.setdefault(slot, [])
        if all(a.token.i != argument.token.i for a in listed):
            listed.append(argument)

    def __str__(self) -> str:
        inner = ", ".join(f"{slot}={' & '.join(a.text for a in args)}" for slot, args in self.args.items())
        marks = [
            self.tense if self.tense != "none" else "",
            "progressive" if self.progressive else "",
            "not" if self.negated else "",
            self.modality if self.modality != "none" else "",
            f"via {self.support_lemma}" if self.support_lemma else "",
        ]
        above = " < " + " < ".join(map(str, self.operators)) if self.operators else ""
        suffix = "-n" if self.kind == "noun" else ("-a" if self.kind == "adjective" else "")
        return f"{self.lemma}{suffix}({inner}) {' '.join(m for m in marks if m)}".rstrip() + above


def said(clause: Clause) -> list[Token]:
    """The words of what a clause says: without who says it and without other clauses beside it."""
    sentence, head = clause.sentence, clause.support or clause.token
    passive = clause.passive and clause.support is None
    apart = {"conj", "parataxis", "obl:agent" if passive else "nsubj"}
    beside = [k for k in sentence.kids(head, *apart) if k.dep != "conj" or k.pos in ("VERB", "AUX")]
    taken = {t.i for kid in beside for t in sentence.subtree(kid)}
    return [t for t in sentence.subtree(head) if t.i not in taken]
