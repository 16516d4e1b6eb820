"""From the names on the command line to results, one by one: an input that fails is named and the others go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.errors import KnowledgeError, ModelError, UsageError
from tocsin.knowledge.words import Words
from tocsin.layers import LAYERS
from tocsin.model import Result
from tocsin.pipeline.articles import Failure, articles, defect
from tocsin.reader import Reader

__all__ = ["Failure", "Options", "articles", "confident", "parse_layers", "results"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: day of publication, whether menus are looked for, which layers, from which confidence, whether private
    networks may be asked for a page."""

    published: dt.date | None = None
    plain: bool = False
    layers: Collection[str] = LAYERS
    min_confidence: float = 0.0
    private: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


def results(inputs: Sequence[str], reader: Reader, options: Options, words: Words) -> Iterator[Result | Failure]:
    """A result or a failure for every article of the inputs, in order."""
    for found in articles(inputs, options, words):
        if isinstance(found, Failure):
            yield found
            continue
        article = found.article
        try:
            yield confident(reader.read_article(article, found.problems, layers=options.layers), options.min_confidence)
        except (KnowledgeError, ModelError):
            raise
        except Exception as error:  # a defect met in one article must not cost the others
            yield defect(article.source, error, words)


def confident(result: Result, least: float) -> Result:
    """The result without records below a confidence, and without relations to them."""
    if least <= 0:
        return result
    kept = [record for record in result.records if record.confidence >= least]
    ids = {record.id for record in kept}
    records = tuple(record.model_copy(update={"relations": tuple(r for r in record.relations if r.record in ids)})
                    for record in kept)
    return result.model_copy(update={"records": records})


def parse_layers(value: str | None, words: Words) -> tuple[str, ...]:
    """Layers given by the user, all where none are."""
    asked = [name.strip() for name in (value or "all").split(",") if name.strip()]
    for name in asked:
        if name not in (*LAYERS, "all"):
            raise UsageError(words("error.layers", value=name, known=", ".join(LAYERS)))
    return LAYERS if "all" in asked else tuple(asked)

