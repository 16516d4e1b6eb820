"""Reading one article: text to result, pure; no store, no network.

reader = Reader()
result = reader.read_text("Russia has sent 12 armoured vehicles to Tajikistan.", published="2021-09-13")
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path

from tocsin import __version__
from tocsin.coding.coder import FrameCoder, Trace
from tocsin.knowledge.collecting import uncollected
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated, Annotator
from tocsin.language.parser import Parser
from tocsin.language.passages import Passages
from tocsin.language.relevance import Relevance
from tocsin.language.stretches import Stretch
from tocsin.language.trees import TreeParser
from tocsin.layers import LAYERS, LayerMaker
from tocsin.model import Article, Problem, Result
from tocsin.reading import LAID_ASIDE, article_from_text
from tocsin.reading.language import is_foreign


class Reader:
    """Loads models and tables once; reads any number of articles."""

    def __init__(self, knowledge: Path | None = None, parser: Parser | None = None, *, thorough: bool = False) -> None:
        """``thorough`` parses every paragraph of every article, whatever its words say."""
        self.thorough = thorough
        with uncollected(lasting=True):
            self.tables = Tables(knowledge)
            self.annotator = Annotator(self.tables, parser or TreeParser(self.tables))
            self.coder = FrameCoder(self.tables, __version__)
            self.layers = LayerMaker(self.tables)
            self.relevance = Relevance(self.tables, self.annotator.equipment, self.annotator.parties)
            self.passages = Passages(self.tables, self.relevance)

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
        words say nothing of security has no records, nor has one in another language than English; of any other the
        paragraphs near such words are parsed. Layers other than the records need the trees of all sentences, so all is
        parsed where one of them is asked for."""
        if is_foreign(article) or (article.extra.get(LAID_ASIDE) and not self.thorough and set(layers) <= {"records"}):
            return Result(article=article, records=(), problems=tuple(problems or []))
        bearing = None if self.thorough else self.relevance.of(article)
        coded, alone = "records" in layers and (bearing is None or bearing.enough), set(layers) <= {"records"}
        if alone and not coded:
            return Result(article=article, records=(), problems=tuple(problems or []))
        chosen = self.passages.of(article, bearing) if alone and bearing is not None else None
        with uncollected():
            return self._told(article, problems, layers, chosen, coded=coded)

    def _told(
        self, article: Article, problems: list[Problem] | None, layers: Collection[str], chosen: Sequence[Stretch] | None,
        *, coded: bool,
    ) -> Result:
        """What an article tells; a function of its own, so that all that was made on the way is freed when it ends."""
        note = self.annotate(article, chosen)
        records = tuple(self.coder.code(note)) if coded else ()
        return Result(article=article, records=records, problems=tuple(problems or []), **self.layers.of(note, layers))

    def annotate(self, article: Article, passages: Sequence[Stretch] | None = None) -> Annotated:
        """Sentences, mentions, times and entities of an article (of some passages of it), without coding."""
        return self.annotator.annotate(article, passages)

    def trace(self, article: Article) -> tuple[Annotated, Trace]:
        """An annotated article with the clauses and frames tried, for ``explain``."""
        note, trace = self.annotate(article), Trace()
        self.coder.code(note, trace)
        return note, trace
