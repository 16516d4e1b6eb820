"""People killed, wounded and captured.

In: the clauses of a sentence. Out: the numbers that it tells, each with where it stands; ``tolls.py`` ties them to
incidents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tocsin.coding.slots.counts import to_count
from tocsin.coding.slots.one_person import one_person
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Count
from tocsin.syntax import Argument, Clause

_KINDS = ("killed", "wounded", "captured")
_NO_PEOPLE = frozenset({"area", "building", "town", "village", "base", "province"})
_PEOPLE = frozenset({"person", "armed_group", "unidentified", "population", "force"})


@dataclass(frozen=True, slots=True)
class Toll:
    """One number of people, and where it is told."""

    kind: str
    count: Count | None  # None: told by side, with no total
    sentence: int
    token: int
    own: bool = False  # counted only where its own words made the incident
    lone: bool = False  # told by a name or pronoun alone: a number that is told goes first


class Casualties:
    """Finds tolls and attaches them."""

    def __init__(self, tables: Tables) -> None:
        table: dict[str, Any] = tables.mapping("casualties.yaml")
        self._verbs = {lemma: (kind, slot) for kind in _KINDS for lemma, slot in table[kind]["verbs"].items()}
        self._groups = frozenset(table["groups"])
        self._freeing = frozenset(table["freeing"])
        self._taking = frozenset(table["captured"]["verbs"])
        self._nouns = {lemma: kind for kind in _KINDS for lemma in table[kind]["nouns"]}
        self._adjectives = {lemma: kind for kind in _KINDS for lemma in table[kind]["adjectives"]}
        self._injured: dict[str, str] = table["wounded"]["with_injury"]
        self._own = frozenset(table["own"])
        self._held = {key: frozenset(words) for key, words in table["held"].items()}
        self._claiming = frozenset(table["claiming"])
        self._rising: dict[str, str] = table["toll"]["verbs"]
        self._beyond = frozenset(table["toll"]["beyond"])
        self._tolls = frozenset(table["toll"]["nouns"])
        self._belonging = frozenset(table["belonging"])
        self._lives = frozenset(table["lives"])
        self._both = frozenset(table["both"])
        grammar = tables.mapping("grammar.yaml")
        self._zero, self._articles = (frozenset(map(str, grammar[key])) for key in ("zero_determiners", "articles"))
        self._definite = frozenset(map(str, grammar["definite"]))
        self._besides = frozenset(map(str, grammar["besides_words"]))
        self._selves = frozenset(map(str, grammar["reflexives"]))

    def tolls(self, sentence: Sentence, clauses: list[Clause], note: Annotated) -> list[Toll]:
        """Tolls that a sentence tells."""
        found: list[Toll] = []
        for clause in clauses:
            found += self._of_clause(clause, note)
        for token in sentence:
            found += self._of_noun(sentence, token, note)
        return found

    def _of_clause(self, clause: Clause, note: Annotated) -> list[Toll]:
        if clause.tense == "infinitive" and clause.token.dep in ("advcl", "acl"):
            return []  # "struck the house to kill the commander"
        if self._died_of_it(clause):
            return []  # "died after being wounded": one man, one toll
        if clause.passive and clause.lemma in self._claiming:
            return []  # "an attack on a convoy, claimed by X": no lives
        if self._either(clause) or (clause.token.dep == "amod" and clause.lemma in self._taking):
            return []  # "rescued 20 kidnapped villagers": when they were taken, is not told
        lemma = clause.lemma.removeprefix("be ")
        where = (clause.sentence.index, clause.token.i)
        ends = [k.lower for k in clause.sentence.kids(clause.token, "xcomp") if k.pos == "ADJ"]
        ends += [t.lower for t in clause.sentence.tokens[clause.token.i + 1 : clause.token.i + 2]]
        verb = next((v for end in ends if (v := f"{clause.lemma} {end}") in self._verbs), clause.lemma)  # "shot dead"
        if clause.kind == "verb" and verb in self._verbs:
            kind, slot = self._verbs[verb]
            counted = clause.get(slot)
            if not counted and clause.token.tag == "VBN" and slot == "obj":  # "leaving ten dead and others wounded"
                counted = clause.get("subj")
            taken = kind == "captured" and not clause.passive and bool(clause.get("subj"))
            own = clause.lemma in self._own or taken or any("assailant" in e.types for a in counted for e in a.entities)
            counts = self._counted(clause, note, counted)
            lone = one_person(clause, counted, note.interpreter.lexicon.words) if not counts else None
            return [Toll(kind, c, *where, own) for c in counts] + ([Toll(kind, lone, *where, own, True)] if lone else [])
        if lemma in self._adjectives and clause.kind != "verb":
            return [Toll(self._adjectives[lemma], c, *where) for c in self._counted(clause, note, clause.get("subj"))]
        if clause.lemma in self._rising and any(a.token.lemma in self._tolls for a in clause.get("subj")):
            return [Toll("killed", c, *where) for c in self._risen(clause, note)]
        if clause.lemma in self._rising and (kind := self._numbered(clause)):  # "the number of injured topped 90"
            return [Toll(kind, c, *where) for c in self._risen(clause, note)]
        slot = self._injured.get(clause.lemma, "")
        if slot and any("injury_noun" in e.types for a in clause.get("with", "for", "obj") for e in a.entities):
            return [Toll("wounded", c, *where) for c in self._counted(clause, note, clause.get(slot))]
        if clause.lemma == "leave":
            return self._left(clause, note)
        return []

    def _risen(self, clause: Clause, note: Annotated) -> list[Count | None]:
        """What a toll has come to; "topped 90" leaves it open how many more."""
        counts = self._counted(clause, note, clause.get(self._rising[clause.lemma]))
        if clause.lemma not in self._beyond:
            return counts
        open_ = {"kind": "at_least", "max": None}
        return [c.model_copy(update=open_) if c is not None and c.kind == "exact" else c for c in counts]

    def _numbered(self, clause: Clause) -> str:
        """What kind of victims the subject is the number of ("the number injured", "the number of dead"); "" for none."""
        sentence = clause.sentence
        numbers = [a.token for a in clause.get("subj") if a.token.lemma == "number"]
        below = [k for t in numbers for k in sentence.kids(t, "acl", "amod", "nmod")]
        kinds = [self._adjectives.get(k.lower) or self._nouns.get(k.lemma, "") for k in below]
        return next((kind for kind in kinds if kind), "")

    def _died_of_it(self, clause: Clause) -> bool:
        """Whether a participle behind "after" tells the wound of which its subject died."""
        wound = self._verbs.get(clause.lemma, ("",))[0] == "wounded" and clause.passive and clause.token.dep == "advcl"
        above = clause.sentence.parent(clause.token) if wound else None
        own = above is not None and not clause.sentence.kids(clause.token, "nsubj:pass")
        return own and above is not None and self._verbs.get(above.lemma) == ("killed", "subj")

    def _either(self, clause: Clause) -> bool:
        """ "20 leaders captured or killed": how many of each is not told."""
        sentence, token = clause.sentence, clause.token
        others = [*sentence.kids(token, "conj"), *([sentence.tokens[token.head]] if token.dep == "conj" else [])]
        if not any(t.lemma in self._verbs for t in others):
            return False
        joined = [k for t in (token, *others) for k in sentence.kids(t, "cc")]
        return any(k.lower == "or" and min(token.i, *(t.i for t in others)) < k.i < max(
            token.i, *(t.i for t in others)) for k in joined)

    def _left(self, clause: Clause, note: Annotated) -> list[Toll]:
        """ "left 20 people dead and 30 injured": each word takes the number that stands before it."""
        sentence, found, start = clause.sentence, [], clause.token.i + 1
        for kid in sorted(sentence.subtree(clause.token), key=lambda t: t.i):
            if kid.i < start or kid.lower not in self._adjectives:
                continue
            before = [t for t in sentence.tokens[start : kid.i] if t.pos in ("NUM", "NOUN")]
            near = [t for t in before if t.head not in range(start, kid.i)]
            entities = [note.interpreter.entity(sentence, t) for t in near[-1:]]
            counts = [c for e in entities if (c := self._count(sentence, e, note)) is not None]
            found += [Toll(self._adjectives[kid.lower], c, sentence.index, kid.i) for c in counts]
            start = kid.i + 1
        return found

    def _counted(self, clause: Clause, note: Annotated, arguments: list[Argument]) -> list[Count | None]:
        """The number of people of a phrase; None where the phrase adds two numbers, nothing where it names somebody."""
        entities = [e for a in arguments for e in a.entities]
        if clause.lemma in self._claiming:
            entities = [e for e in entities if e.lemma in self._lives or e.types & {"person", "military", "population"}]
        entities = [e for e in entities if not e.types & _NO_PEOPLE]  # "captured 40 buildings"
        entities = [e for e in entities if "attack" not in e.types]  # "killed five, another attack of its kind"
        if len(entities) > 1:  # "killed six people and himself"
            entities = [e for e in entities if e.text.lower() not in self._selves]
        counts = [c for e in entities if (c := self._count(clause.sentence, e, note)) is not None]
        people = [e for e in entities if e.types & _PEOPLE or e.parties]
        if len(counts) > 1 or (counts and len(people) > 1 and len(people) == len(entities)):
            return [None]  # "a leader and two of his men": told one by one, with no sum
        if len(counts) != 1 or len(entities) > 1:
            return []
        return [Count(text=None, min=0, max=0, kind="exact")] if clause.negated else [counts[0]]

    def _count(self, sentence: Sentence, entity: Entity, note: Annotated) -> Count | None:
        members = self._members(sentence, entity, note)
        if members is not None:
            return members
        people = sentence.tokens[entity.head].tag in ("NNS", "NNPS") and entity.count is not None  # "two Palestinians"
        if not people and entity.types & {"materiel", "place", "state"}:
            return None
        if "materiel" in entity.types or (
            entity.mention is not None and entity.mention.party is not None and entity.count is None
        ):
            return None
        if any(k.lower in self._zero for k in sentence.kids(sentence.tokens[entity.head], "det")):
            return Count(min=0, max=0, kind="exact")
        if entity.count is not None:
            return to_count(entity.count)
        head = sentence.tokens[entity.head]
        if head.lower in self._besides:  # "killed one and wounded another"
            return Count(text=head.text, start=head.start, end=head.end, min=1, max=1, kind="exact")
        article = [k for k in sentence.kids(head, "det") if k.lower in self._articles | self._besides]
        definite = [k for k in sentence.kids(head, "det", "nmod:poss") if k.lower in self._definite]
        if definite and head.tag == "NN" and entity.types & {"person", "armed_group", "unidentified", "population"}:
            article = definite  # "killed the gunman"
        if article and head.tag == "NN" and head.lemma not in self._groups:
            return Count(text=article[0].text, start=article[0].start, end=article[0].end, min=1, max=1, kind="exact")
        return None

    def _members(self, sentence: Sentence, entity: Entity, note: Annotated) -> Count | None:
        """ "Seven members of the militia": the number of those who are members."""
        head = sentence.tokens[entity.head]
        above = sentence.tokens[head.head]
        of = any(k.lower == "of" for k in sentence.kids(head, "case"))
        belongs = of and above.lemma in self._belonging
        numbers = sentence.kids(above, "nummod") if belongs else []
        if belongs and not numbers:  # "several senior members": no numeral, but a number all the same
            numbers = [k for k in sentence.kids(above, "amod", "det") if note.interpreter.number_at(k.start, above.end)][:1]
        if of and above.pos == "NUM" and head.tag in ("NNS", "PRP"):  # "three of them"
            numbers = [above]
        number = note.interpreter.number_at(numbers[0].start, above.end) if numbers else None
        if of and not numbers and head.tag == "PRP":  # "several of them"
            number = note.interpreter.number_at(above.start, above.end)
            if number is None and above.lower == "many":
                return Count(text=above.text, start=above.start, end=above.end, kind="vague")
        return to_count(number) if number is not None else None

    def _of_noun(self, sentence: Sentence, token: Token, note: Annotated) -> list[Toll]:
        """ "20 deaths", "no casualties", "a death toll of 30"."""
        lemma = token.lemma
        if token.pos != "NOUN" or (lemma not in self._nouns and lemma not in self._both):
            return []
        kinds = [self._nouns[lemma]] if lemma in self._nouns else ["killed", "wounded"]
        first = sentence.tokens[token.head] if token.dep == "conj" else token  # "no deaths or injuries"
        if sentence.tokens[first.head].lemma in self._freeing:
            return []  # "rescued 42 hostages"
        if self._none(sentence, token) or self._none(sentence, first):
            return [Toll(k, Count(min=0, max=0, kind="exact"), sentence.index, token.i) for k in kinds]
        above = sentence.tokens[token.head]
        if self._nouns.get(lemma) == "captured" and token.dep in ("nmod", "obj", "nsubj:pass") and self._kills(above):
            return []  # "the killing of 13 hostages"
        if lemma in self._held["nouns"] and above.lemma not in self._held["verbs"]:
            return []  # "freeing 1,800 prisoners"
        numbers = sentence.kids(token, "nummod")
        if token.tag == "NNS" and token.dep == "nmod" and above.pos == "NOUN" and not numbers:  # "dozens of injuries"
            number = note.interpreter.number_at(above.start, above.end)
            if number is not None and lemma not in self._both:
                return [Toll(k, to_count(number), sentence.index, token.i) for k in kinds]
        if not numbers:  # "the deaths of nine civilians", "the killing of nine civilians"
            people = [k for k in sentence.kids(token, "nmod") if any(c.lower == "of" for c in sentence.kids(k, "case"))]
            numbers = [n for k in people for n in sentence.kids(k, "nummod")]
        if numbers and lemma not in self._both:
            number = note.interpreter.number_at(numbers[0].start, max(token.end, numbers[0].end))
            if number is not None:
                own = token.tag == "NN" and not sentence.kids(token, "nummod")
                return [Toll(k, to_count(number), sentence.index, token.i, own) for k in kinds]
        return []

    def _none(self, sentence: Sentence, victims: Token) -> bool:
        """ "no injuries", "without causing any injuries"."""
        above = sentence.tokens[victims.head]
        without = any(k.lower == "without" for t in (victims, above) for k in sentence.kids(t, "mark", "case"))
        dets = {k.lower for k in sentence.kids(victims, "det")}
        return "no" in dets or (without and (not dets or "any" in dets))

    def _kills(self, word: Token) -> bool:
        """Whether a word tells of people killed."""
        return self._nouns.get(word.lemma) == "killed" or self._verbs.get(word.lemma, ("",))[0] == "killed"
