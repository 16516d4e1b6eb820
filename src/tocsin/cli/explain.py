"""``tocsin explain``: how one sentence was read, from its words to its records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tocsin.cli.app import FAILED
from tocsin.cli.flow import Failure, Options, articles
from tocsin.cli.read import Knowledge, Plain, Private, Published, told
from tocsin.cli.tables import record_table
from tocsin.cli.terminal import Terminal, output, words_of
from tocsin.errors import UsageError
from tocsin.knowledge.words import Words, words
from tocsin.model import Article, Mention
from tocsin.reading import parse_published

if TYPE_CHECKING:
    from tocsin.explanation import Explainer, Explanation

_say = words()


def explain(
    given: Annotated[str, typer.Argument(metavar="INPUT", help=_say("help.input"), show_default=False)],
    sentence: Annotated[int | None, typer.Option("--sentence", metavar="N", help=_say("help.sentence"))] = None,
    published: Published = None,
    plain: Plain = False,
    allow_private: Private = False,
    knowledge: Knowledge = None,
) -> None:
    """Say how a sentence was read."""
    day = parse_published(published) if published is not None else None
    say = words(knowledge)
    article = _only(given, Options(day, plain, private=allow_private), say)
    from tocsin.explanation import Explainer  # after what can be told without the tables
    from tocsin.reader import Reader

    explainer, console = Explainer(Reader(knowledge), article), output()
    if not explainer.sentences:
        raise UsageError(say("error.no_sentences"))
    if sentence is None:
        _list(console, explainer, say)
        return
    if not 1 <= sentence <= len(explainer.sentences):
        raise UsageError(say("error.sentence", n=sentence, count=len(explainer.sentences)))
    found = explainer.explain(sentence, say)
    if not found.bearing.enough:
        share, together = f"{found.bearing.share:.1f}", f"{found.bearing.together:.1f}"
        console.print(Text(say("explain.not_coded", share=share, together=together), "bold"))
    _show(console, article, found, say)


def _only(given: str, options: Options, say: Words) -> Article:
    """The one article of the input; anything else ends the command."""
    found = list(articles([given], options, say))
    failures = [item for item in found if isinstance(item, Failure)]
    read_ones = [item.article for item in found if not isinstance(item, Failure)]
    for failure in failures:
        told(failure)
    if len(read_ones) > 1:
        raise UsageError(say("error.many_articles", source=given, n=len(read_ones)))
    if not read_ones:
        if failures:
            raise typer.Exit(FAILED)
        raise UsageError(say("error.no_article", source=given))
    return read_ones[0]


def _list(console: Terminal, explainer: Explainer, say: Words) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim")
    table.add_column()
    for number, item in enumerate(explainer.sentences, 1):
        table.add_row(str(number), words_of(explainer.article.text[item.start:item.end]))
    console.print(Text(say("explain.list"), "bold"))
    console.print(table)


def _show(console: Terminal, article: Article, found: Explanation, say: Words) -> None:
    sentence, numbers = found.sentence, {record.id: n for n, record in enumerate(found.records, 1)}
    kind = say.name("block", sentence.kind)
    head = say("explain.sentence", n=sentence.index + 1, kind=kind, start=sentence.start, end=sentence.end)
    parts: list[RenderableType] = [
        Text(head, "bold"), words_of(article.text[sentence.start:sentence.end]),
        Text("\n" + say("explain.mentions"), "bold"), _mentions(found.mentions, say),
        Text("\n" + say("explain.tree"), "bold"), _tree(found),
        Text("\n" + say("explain.clauses"), "bold"), _clauses(found, say),
        Text("\n" + say("explain.records"), "bold"),
    ]
    for part in parts:
        console.print(part)
    if not found.here:
        console.print(say("explain.no_records"))
    for number in found.here:
        console.print(record_table(number, found.records[number - 1], say, console.width, numbers))


def _mentions(mentions: Sequence[Mention], say: Words) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for key in ("explain.words", "explain.is", "explain.stands_for"):
        table.add_column(say(key))
    for mention in mentions:
        known = " · ".join(part for part in (mention.name, mention.country, mention.id) if part)
        table.add_row(words_of(mention.text), say.name("mention", mention.type), words_of(known))
    return table


def _tree(found: Explanation) -> Text:
    """The tree with one word a line, indented below its head."""
    lines = []
    for depth, token in found.tree:
        line = words_of("  " * min(depth, 20) + token.text)
        lines.append(line.append_text(words_of(f"  {token.dep} {token.pos} {token.lemma}", "dim")))
    return Text("\n").join(lines)


def _clauses(found: Explanation, say: Words) -> Text:
    lines: list[Text] = []
    for tried in found.clauses:
        lines.append(words_of(tried.clause))
        lines += [Text(f"    {frame}: ", "dim").append_text(words_of(outcome)) for frame, outcome in tried.frames]
        if not tried.frames:
            lines.append(Text(f"    {say('explain.no_frame')}", "dim"))
    return Text("\n").join(lines) if lines else Text(say("explain.no_clauses"))
