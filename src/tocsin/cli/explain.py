"""``tocsin explain``: how one sentence was read, from its words to its records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tocsin.cli.app import FAILED
from tocsin.cli.flow import Failure, Options, articles
from tocsin.cli.read import Knowledge, Plain, Published, told
from tocsin.cli.tables import record_table
from tocsin.cli.terminal import Terminal, output, words_of
from tocsin.coding.candidate import Attempt
from tocsin.coding.coder import Trace
from tocsin.errors import UsageError
from tocsin.knowledge.words import Words, words
from tocsin.language.annotate import Annotated as Annotation
from tocsin.language.tokens import Sentence
from tocsin.model import Article, Mention, Record
from tocsin.reading import parse_published

_say = words()


def explain(
    given: Annotated[str, typer.Argument(metavar="INPUT", help=_say("help.input"), show_default=False)],
    sentence: Annotated[int | None, typer.Option("--sentence", metavar="N", help=_say("help.sentence"))] = None,
    published: Published = None,
    plain: Plain = False,
    knowledge: Knowledge = None,
) -> None:
    """Say how a sentence was read."""
    day = parse_published(published) if published is not None else None
    say = words(knowledge)
    article = _only(given, Options(day, plain), say)
    from tocsin.reader import Reader  # after what can be told without the tables

    reader = Reader(knowledge)
    note = reader.annotate(article)
    console = output()
    if not note.sentences:
        raise UsageError(say("error.no_sentences"))
    if sentence is None:
        _list(console, note, say)
        return
    if not 1 <= sentence <= len(note.sentences):
        raise UsageError(say("error.sentence", n=sentence, count=len(note.sentences)))
    trace = Trace()
    bearing = reader.relevance.of(article)
    records = reader.coder.code(note, trace) if bearing.enough else []
    if not bearing.enough:
        share, together = f"{bearing.share:.1f}", f"{bearing.together:.1f}"
        console.print(Text(say("explain.not_coded", share=share, together=together), "bold"))
    chosen = note.sentences[sentence - 1]
    mentions = [m for m in reader.layers.mentions(note) if chosen.start <= m.start < chosen.end]
    _show(console, note, chosen, mentions, trace, records, say)


def _only(given: str, options: Options, say: Words) -> Article:
    """The one article of the input; anything else ends the command."""
    found = list(articles([given], options, say))
    failures = [item for item in found if isinstance(item, Failure)]
    read_ones = [item[0] for item in found if not isinstance(item, Failure)]
    for failure in failures:
        told(failure)
    if len(read_ones) > 1:
        raise UsageError(say("error.many_articles", source=given, n=len(read_ones)))
    if not read_ones:
        if failures:
            raise typer.Exit(FAILED)
        raise UsageError(say("error.no_article", source=given))
    return read_ones[0]


def _list(console: Terminal, note: Annotation, say: Words) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim")
    table.add_column()
    for number, item in enumerate(note.sentences, 1):
        table.add_row(str(number), words_of(note.article.text[item.start:item.end]))
    console.print(Text(say("explain.list"), "bold"))
    console.print(table)


def _show(console: Terminal, note: Annotation, sentence: Sentence, mentions: Sequence[Mention], trace: Trace,
          records: Sequence[Record], say: Words) -> None:
    kind = say.name("block", sentence.kind)
    head = say("explain.sentence", n=sentence.index + 1, kind=kind, start=sentence.start, end=sentence.end)
    parts: list[RenderableType] = [
        Text(head, "bold"), words_of(note.article.text[sentence.start:sentence.end]),
        Text("\n" + say("explain.mentions"), "bold"), _mentions(mentions, say),
        Text("\n" + say("explain.tree"), "bold"), _tree(sentence),
        Text("\n" + say("explain.clauses"), "bold"), _clauses(sentence, trace, records, say),
        Text("\n" + say("explain.records"), "bold"),
    ]
    for part in parts:
        console.print(part)
    here = [(n, r) for n, r in enumerate(records, 1) if _rests_on(r, sentence)]
    if not here:
        console.print(say("explain.no_records"))
    for number, record in here:
        console.print(record_table(number, record, say, console.width, {r.id: n for n, r in enumerate(records, 1)}))


def _mentions(mentions: Sequence[Mention], say: Words) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for key in ("explain.words", "explain.is", "explain.stands_for"):
        table.add_column(say(key))
    for mention in mentions:
        known = " · ".join(part for part in (mention.name, mention.country, mention.id) if part)
        table.add_row(words_of(mention.text), say.name("mention", mention.type), words_of(known))
    return table


def _tree(sentence: Sentence) -> Text:
    """The tree with one word a line, indented below its head; punctuation left out."""
    lines: list[Text] = []
    waiting = [(token, 0) for token in reversed(sentence.tokens) if token.head == token.i]
    while waiting:
        token, depth = waiting.pop()
        if token.dep != "punct":
            line = words_of("  " * min(depth, 20) + token.text)
            lines.append(line.append_text(words_of(f"  {token.dep} {token.pos} {token.lemma}", "dim")))
        waiting.extend((kid, depth + 1) for kid in reversed(sentence.kids(token)))
    return Text("\n").join(lines)


def _clauses(sentence: Sentence, trace: Trace, records: Sequence[Record], say: Words) -> Text:
    fired = {r.coder.rule for r in records if _rests_on(r, sentence)}
    lines: list[Text] = []
    for clause in trace.clauses.get(sentence.index, []):
        printed = str(clause)
        lines.append(words_of(printed))
        tried = [a for a in trace.attempts.get(sentence.index, []) if a.clause == printed]
        for attempt in dict.fromkeys(tried):
            outcome = words_of(attempt.reason or say(_outcome(attempt, fired)))
            lines.append(Text(f"    {attempt.frame}: ", "dim").append_text(outcome))
        if not tried:
            lines.append(Text(f"    {say('explain.no_frame')}", "dim"))
    return Text("\n").join(lines) if lines else Text(say("explain.no_clauses"))


def _outcome(attempt: Attempt, fired: set[str]) -> str:
    """What became of a frame that fits: it made a record, was joined to one, or lost to another frame."""
    if not attempt.chosen:
        return "explain.fits_less"
    return "explain.fired" if attempt.frame in fired else "explain.joined"


def _rests_on(record: Record, sentence: Sentence) -> bool:
    return any(e.start < sentence.end and e.end > sentence.start for e in record.evidence)
