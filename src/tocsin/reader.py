"""Reading one article: text to result, pure; no store, no network.

reader = Reader()
result = reader.read_text("Russia has sent 12 armoured vehicles to Tajikistan.", published="2021-09-13")
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

from tocsin import __version__
from tocsin.coding.coder import FrameCoder, Trace
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated, Annotator
from tocsin.language.parser import Parser
from tocsin.language.relevance import Relevance
from tocsin.language.trees import TreeParser
from tocsin.layers import LAYERS, LayerMaker
from tocsin.model import Article, Problem, Result
from tocsin.reading import article_from_text


class Reader:
    """Loads models and tables once; reads any number of articles."""

    def __init__(self, knowledge: Path | None = None, parser: Parser | None = None) -> None:
        self.tables = Tables(knowledge)
        self.annotator = Annotator(self.tables, parser or TreeParser(self.tables))
        self.coder = FrameCoder(self.tables, __version__)
        self.layers = LayerMaker(self.tables)
        self.relevance = Relevance(self.tables, self.annotator.equipment)

    def read_text(
        self,
        text: str,
        *,
        published: str | dt.date | None = None,
        source: str = "<text>",
        title: str | None = None,
        url: str | None = None,
        plain: bool = False,
    ) -> Result:
        """Read one article given as text. ``published`` is a day (YYYY-MM-DD); without it nothing relative resolves."""
        article, problems = article_from_text(
            text, source=source, title=title, url=url, published=published, plain=plain
        )
        return self.read_article(article, problems)

    def read_article(
        self, article: Article, problems: list[Problem] | None = None, layers: Collection[str] = LAYERS
    ) -> Result:
        """Code an article that was read before. ``layers`` names what to give; the others stay empty. An article whose
        words say nothing of security has no records, and is not parsed where nothing else is asked for."""
        coded = "records" in layers and self.relevance.of(article).enough
        if not coded and set(layers) <= {"records"}:
            return Result(article=article, records=(), problems=tuple(problems or []))
        note = self.annotate(article)
        records = tuple(self.coder.code(note)) if coded else ()
        return Result(article=article, records=records, problems=tuple(problems or []), **self.layers.of(note, layers))

    def annotate(self, article: Article) -> Annotated:
        """Sentences, mentions, times and entities of an article, without coding."""
        return self.annotator.annotate(article)

    def trace(self, article: Article) -> tuple[Annotated, Trace]:
        """An annotated article with the clauses and frames tried, for ``explain``."""
        note, trace = self.annotate(article), Trace()
        self.coder.code(note, trace)
        return note, trace
