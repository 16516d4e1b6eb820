"""Article to annotated article: sentences, names, numbers, times and what each phrase stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import NameIndex, index_of
from tocsin.knowledge.titles import titled_people
from tocsin.language.lexicon import Lexicon
from tocsin.language.names.designations import Designations
from tocsin.language.names.mentions import NameMention, find_mentions
from tocsin.language.names.name_runs import NameRun, NameRuns
from tocsin.language.names.terms import set_terms
from tocsin.language.names.titled import by_title
from tocsin.language.names.unlisted import add_unlisted
from tocsin.language.numbers.amounts import Number, find_numbers
from tocsin.language.parser import Parser
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.repairs.apply import repair
from tocsin.language.speakers import issuer_of, quote_spans
from tocsin.language.stretches import Stretch, stretches
from tocsin.language.times import TimeExpression, find_in_paragraphs
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms import Lookup, Toponym, find_toponyms
from tocsin.language.toponyms.towns_told import may_be_told, relocate
from tocsin.model import Article


@dataclass(slots=True)
class Annotated:
    """An article with its sentences and what was found in them."""

    article: Article
    published: dt.date | None
    sentences: list[Sentence]
    mentions: list[NameMention]
    numbers: list[Number]
    times: list[TimeExpression]
    quotes: list[tuple[int, int]]
    interpreter: Interpreter
    lookup: Lookup
    runs: list[NameRun] = field(default_factory=list)  # names in no table, with what they name
    problems: list[str] = field(default_factory=list)
    _toponyms: list[Toponym] | None = None

    @property
    def toponyms(self) -> list[Toponym]:
        """Place names with what they stand for; found when first asked for."""
        if self._toponyms is None:
            self._toponyms = find_toponyms(self.article.text, self.sentences, self.mentions, self.lookup)
        return self._toponyms


class Annotator:
    """Holds parser, indexes and lexicon; makes annotated articles."""

    def __init__(self, tables: Tables, parser: Parser) -> None:
        self.tables = tables
        self.parser = parser
        self.lexicon = Lexicon(tables)
        self.parties: NameIndex = index_of("parties", tables)
        self.equipment: NameIndex = index_of("equipment", tables)
        self.places: NameIndex = index_of("places", tables)
        self.titled = titled_people(tables)
        self.lookup = Lookup(tables, self.parties, self.places)

    def annotate(self, article: Article, passages: Sequence[Stretch] | None = None) -> Annotated:
        """Sentences, mentions, numbers, times and entities of an article. These passages of it are
        parsed; all, where none are given. Times and quotes are found in all, as what is told later may count from them."""
        text, whole = article.text, list(stretches(article))
        chosen = whole if passages is None else passages
        sentences = self.parser.parse(self._mend(text), chosen)
        self._join(text, sentences)
        for sentence in sentences:
            for token in sentence:
                if (table := self._lemmas.get(token.pos)) is not None:
                    token.lemma = table.get(token.lower, token.lemma)
        mentions = find_mentions(sentences, text, (self.parties, self.equipment, self.places), self.lexicon)
        published = dt.date.fromisoformat(article.published.value) if article.published.value else None
        mentions = by_title(mentions, sentences, published, self.titled)
        mentions = self._designations.add(sentences, text, mentions)
        mentions = add_unlisted(sentences, mentions, self.places, text, self.lexicon)
        named: dict[int, list[NameMention]] = {sentence.index: [] for sentence in sentences}
        for mention in mentions:
            named[mention.sentence].append(mention)
        for sentence in sentences:
            repair(sentence, named[sentence.index], self.lexicon)
        toponyms: list[Toponym] | None = None
        if may_be_told(mentions, text):
            toponyms = find_toponyms(text, sentences, mentions, self.lookup)
            relocate(mentions, toponyms, self.lookup)
        set_terms(mentions, published)
        spans = [(start, end) for start, end, _, _ in whole]
        times = find_in_paragraphs(text, spans, published)
        numbers = [number.shifted(start) for start, end, _, _ in chosen for number in find_numbers(text[start:end])]
        issuer = issuer_of(article, mentions, self.tables)
        quotes = quote_spans(text, spans)
        mentions, runs = self._names(sentences, mentions)
        interpreter = Interpreter(text, sentences, mentions, numbers, self.lexicon, issuer, quotes, runs)
        found = (sentences, mentions, numbers, times, quotes)
        return Annotated(article, published, *found, interpreter, self.lookup, runs, _toponyms=toponyms)

    def _names(
        self, sentences: list[Sentence], mentions: list[NameMention]
    ) -> tuple[list[NameMention], list[NameRun]]:
        """The names that no table holds, and the mentions without towns that are somebody's surname here."""
        runs = self._runs.find(sentences, mentions)
        surnames = self._runs.surnames(runs)
        towns = [m for m in mentions if m.party is None and m.place is not None and m.text in surnames]
        towns = [m for m in towns if not any(c.dep == "case" for c in sentences[m.sentence].kids(_head(sentences, m)))]
        if not towns:
            return mentions, runs
        kept = [m for m in mentions if m not in towns]
        return kept, self._runs.find(sentences, kept)

    def _mend(self, text: str) -> str:
        """The text for the parser, of the same length, without two things that break the parse: "the Moscow led CSTO"
        becomes "the Moscow-led CSTO", and a doubled word ("was was") is blanked."""
        text = self._linked.sub(r"\1-\2", self._participles.sub(r"\1-\2", text))
        text = self._doubled.sub(lambda m: m.group(1) + " " * (len(m.group()) - len(m.group(1))), text)
        return self._prefixes.sub(lambda m: " " * len(m.group()), text)

    def _join(self, text: str, sentences: list[Sentence]) -> None:
        """Give verbs back the prefix that was kept from the parser ("test-fired" is one verb, test-fire)."""
        for sentence in sentences:
            for token in sentence:
                if token.start == 0 or text[token.start - 1] != "-":  # with which every prefix ends
                    continue
                before = self._prefixes.search(text, max(0, token.start - 12), token.end)
                if before is not None and before.end() == token.start:
                    token.lemma = before.group().lower() + token.lemma
                    token.written(text[before.start() : token.end], before.start())
            if sentence.tokens:
                sentence.start = sentence.tokens[0].start

    @cached_property
    def _prefixes(self) -> re.Pattern[str]:
        pairs = [verb.split("-", 1) for verb in sorted(self.lexicon.words("hyphen_verbs"))]
        either = "|".join(rf"{prefix}-(?={stem.rstrip('ey')})" for prefix, stem in pairs)
        return re.compile(rf"\b(?:{either})", re.IGNORECASE)

    @cached_property
    def _designations(self) -> Designations:
        return Designations(self.tables, self.equipment)

    @cached_property
    def _runs(self) -> NameRuns:
        return NameRuns(self.tables, self.lexicon)

    @cached_property
    def _lemmas(self) -> dict[str, dict[str, str]]:
        """Lemmas that the parser's dictionary has wrong, by part of speech."""
        table = self.tables.mapping("lemmas.yaml")
        return {pos: table[key] for pos, key in (("NOUN", "nouns"), ("VERB", "verbs")) if key in table}

    @cached_property
    def _participles(self) -> re.Pattern[str]:
        words = "|".join(sorted(self.lexicon.words("party_participles")))
        return re.compile(rf"(?<=\b[Tt]he )([A-Z][\w.]+) ({words})(?= [A-Z][a-z]|[A-Z]{{2}})")

    @cached_property
    def _linked(self) -> re.Pattern[str]:
        """ "an al-Qaida associated insurgent": before people or groups, whatever stands before the name."""
        linked, whom = ("|".join(sorted(self.lexicon.words(w))) for w in ("linking_participles", "linked_nouns"))
        return re.compile(rf"\b((?:al-)?[A-Z][\w.]+) ({linked})(?= (?:{whom})\b)")

    @cached_property
    def _doubled(self) -> re.Pattern[str]:
        words = "|".join(sorted(self.lexicon.words("never_doubled")))
        return re.compile(rf"\b({words}) \1\b")


def _head(sentences: list[Sentence], mention: NameMention) -> Token:
    return sentences[mention.sentence].tokens[mention.head]
