"""What flows through Tocsin: articles, records and the result of reading."""

from tocsin.model.article import Article, Block, Problem, Published
from tocsin.model.base import Count, Quote, Span
from tocsin.model.record import (
    Casualties,
    Coder,
    EventPlace,
    EventTime,
    Instrument,
    Materiel,
    Party,
    Quantity,
    Record,
    Recurrence,
    Relation,
    Source,
)
from tocsin.model.result import Attribution, Mention, PlaceMention, Result, Speaker, TextSpan, TimeMention

__all__ = [
    "Article",
    "Attribution",
    "Block",
    "Casualties",
    "Coder",
    "Count",
    "EventPlace",
    "EventTime",
    "Instrument",
    "Materiel",
    "Mention",
    "Party",
    "PlaceMention",
    "Problem",
    "Published",
    "Quantity",
    "Quote",
    "Record",
    "Recurrence",
    "Relation",
    "Result",
    "Source",
    "Span",
    "Speaker",
    "TextSpan",
    "TimeMention",
]
