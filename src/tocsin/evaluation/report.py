"""A scored report as plain text: the table of figures, the slots, and the list of faults by type and cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tocsin.evaluation.faults import Fault
from tocsin.evaluation.score import Figures, Report

_COLUMNS = ("type", "gold", "coded", "found", "usable", "P", "R", "F1", "P req", "R req", "swapped")
_QUOTE = 260


def table(report: Report) -> str:
    """Figures by type, with the ten event types summed up and the softer ones below."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    apart = [name for name in report.groups if name != "events"]
    rows += [_row(name, figures) for name, figures in report.types.items() if name not in apart]
    rows.append(_row("EVENTS", report.groups["events"]))
    rows += [_row(name, report.groups[name]) for name in apart]
    lines = _aligned(rows)
    if report.without_result:
        lines.append(f"no result for {len(report.without_result)} of {len(report.articles)} articles: counted as empty")
    return "\n".join(lines)


def slot_table(report: Report) -> str:
    """Accuracy of every slot over the matched pairs in which it counts."""
    rows: list[tuple[str, ...]] = [("slot", *report.groups)]
    for name in dict.fromkeys(slot for figures in report.groups.values() for slot in figures.of):
        cells = (_share(figures.right[name], figures.of[name]) for figures in report.groups.values())
        rows.append((name, *cells))
    return "\n".join(_aligned(rows))


def fault_list(found: Iterable[Fault], types: Sequence[str] = ()) -> str:
    """Faults grouped by type, each group led by how often each cause occurs."""
    chosen = [fault for fault in found if not types or fault.type in types]
    lines: list[str] = []
    for kind in dict.fromkeys(fault.type for fault in chosen):
        group = [fault for fault in chosen if fault.type == kind]
        lines += ["", f"== {kind}: " + ", ".join(f"{number} {name}" for name, number in
                                               Counter(fault.kind for fault in group).items())]
        causes = Counter((fault.kind, fault.cause) for fault in group)
        lines += [f"   {number:3} {of_kind}: {cause}" for (of_kind, cause), number in causes.most_common()]
        lines += [line for fault in group for line in _fault_lines(fault)]
    return "\n".join(lines).lstrip("\n")


def _fault_lines(fault: Fault) -> list[str]:
    lines = [f"{fault.kind.upper()} {fault.article}: {fault.record}", f"     cause: {fault.cause}"]
    if fault.detail:
        lines.append(f"     other: {fault.detail}")
    quote = fault.quote if len(fault.quote) <= _QUOTE else fault.quote[:_QUOTE] + " …"
    return [*lines, f"     text:  {quote}"]


def _row(name: str, figures: Figures) -> tuple[str, ...]:
    rates = figures.as_dict()
    keys = ("usable_precision", "usable_recall", "usable_f1", "usable_required_precision", "usable_required_recall")
    counts = (figures.core, figures.coded, figures.paired, figures.usable)
    return (name, *map(str, counts), *(_percent(rates[key]) for key in keys), str(figures.swapped))


def _percent(rate: float | None) -> str:
    return "-" if rate is None else f"{100 * rate:.1f}"


def _share(right: int, of: int) -> str:
    return f"{100 * right / of:.1f} ({right}/{of})" if of else "-"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in
                                                zip(row[1:], widths[1:], strict=True))]) for row in rows]
