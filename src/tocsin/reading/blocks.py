"""Marking what is what in a text: headline, body, and the furniture that is not coded.

In: the text, and its title where that is known. Out: blocks in order, one a line or paragraph; white space between them
belongs to none. A block never ends within a sentence. In doubt a unit is body: a body sentence that is taken for
furniture is a lost record, furniture that is taken for body seldom makes a false one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tocsin.model import Block
from tocsin.model.article import BlockKind
from tocsin.reading.dates import date_words
from tocsin.reading.furniture import Furniture, furniture
from tocsin.reading.lines import Unit, units

_SIGNS = re.compile(r"[^\w]+")
_PLACE = r"[^\W\d_][\w.'\u2019-]*(?: [^\W\d_][\w.'\u2019-]*){0,3}"
_DATELINE = (
    rf"(?P<place>{_PLACE}(?:[,/] ?{_PLACE}){{0,2}}?)?,? ?"
    r"(?P<day>(?i:MONTH)\.? \d{1,2}(?:, \d{4})?|\d{1,2} (?i:MONTH)\.?(?: \d{4})?)?,? ?"
    r"(?P<agency>\([A-Za-z][^()]{1,40}\))?\s{0,2}(?P<dash>[\u2014\u2013\u2015:_]|--?)(?P<blank>\s*)"
    r"(?=[\"'`\u201c\u2018(]{0,2}[^\W_a-z])")
_DATELINE_WIDTH = 120  # characters of a paragraph in which its dateline may stand


@dataclass(slots=True)
class _Marked:
    unit: Unit
    kind: BlockKind = "body"


def mark(text: str, *, title: str | None = None, plain: bool = False, title_end: int = 0) -> tuple[Block, ...]:
    """Blocks of a text.

    ``title``: the headline, where known; found in the text or not. ``plain``: no guess, all is body. ``title_end``: the
    text begins with its title, which ends there, and has no menu before it (an extracted page).
    """
    rules = furniture()
    head = [Block(start=0, end=title_end, kind="headline")] if title_end else []
    marked = [_Marked(unit) for unit in units(text, rules.bullets, title_end)]
    if plain:
        return tuple(head + [Block(start=one.unit.start, end=one.unit.end, kind="body") for one in marked])
    first = 0 if title_end else _mark_lead(marked, title, rules)
    _mark_rest(marked[first:], rules)
    return tuple(head + _blocks(marked, rules))


def _mark_lead(marked: list[_Marked], title: str | None, rules: Furniture) -> int:
    """Mark what stands before the headline, and the headline; gives the number of the first unit after it."""
    lead = next((number for number, one in enumerate(marked) if rules.is_sentence(one.unit)), len(marked))
    headline = _given_title(marked, title, lead, rules)
    if headline is None:
        headline = _guessed_title(marked, lead, rules)
    if headline is None:
        return 0
    marked[headline].kind = "headline"
    for one in marked[:headline]:
        one.kind = rules.lead_kind(one.unit) or ("menu" if rules.is_short(one.unit) else "body")
    return headline + 1


def _given_title(marked: list[_Marked], title: str | None, lead: int, rules: Furniture) -> int | None:
    """The unit that is the known title, among those before the body and its first paragraph."""
    wanted = _letters(title or "")
    return next((number for number, one in enumerate(marked[: lead + 1])
                 if wanted and _letters(one.unit.plain) == wanted), None)


def _guessed_title(marked: list[_Marked], lead: int, rules: Furniture) -> int | None:
    """The first title-like unit after the menu; where the menu is all there is, its longest entry that is no link."""
    if len(marked) < 2:
        return None
    kinds = [rules.lead_kind(one.unit) for one in marked[:lead]]
    short = next((number for number, one in enumerate(marked[:lead])
                  if kinds[number] is None and not rules.is_short(one.unit)), lead)
    menu = max((number + 1 for number in range(short) if kinds[number] == "menu"), default=0)
    titles = [number for number in range(lead) if kinds[number] is None and rules.is_title(marked[number].unit)]
    after = [number for number in titles if number >= menu]
    if after:
        return after[0]
    return max(titles, key=lambda number: marked[number].unit.words, default=None)


def _mark_rest(marked: list[_Marked], rules: Furniture) -> None:
    """Mark the units after the headline: furniture by its words, lone dates only before the body begins."""
    lead, links = True, 0
    for one in marked:
        sentence = rules.is_sentence(one.unit)
        kind = rules.kind(one.unit)
        if kind is None and lead and not sentence and rules.lead_kind(one.unit) == "dateline":
            kind = "dateline"
        if rules.announces_links(one.unit):
            links = rules.sizes["list_after_teaser"]
            kind = "teaser"
        elif links and kind is None:
            links = links - 1 if not sentence and not one.unit.final and rules.is_link(one.unit) else 0
            kind = "teaser" if links else None
        lead = lead and not sentence
        one.kind = kind or "body"


def _blocks(marked: list[_Marked], rules: Furniture) -> list[Block]:
    """Blocks of the units: datelines cut off, entries of one menu joined."""
    shouting = sum(one.unit.text.isupper() for one in marked if one.kind == "body") * 2 > len(marked)
    blocks: list[Block] = []
    paragraphs = 0
    for one in marked:
        unit = one.unit
        if one.kind == "body":
            paragraphs += rules.is_sentence(unit)
            cut = _dateline_end(unit, rules, shouting or paragraphs > rules.dateline_paragraphs)
            if cut is not None:
                end = unit.start + len(unit.text[:cut].rstrip())
                blocks.append(Block(start=unit.start, end=end, kind="dateline"))
                unit = Unit(unit.start + cut, unit.end, unit.text[cut:])
        if one.kind == "menu" and blocks and blocks[-1].kind == "menu":
            blocks[-1] = Block(start=blocks[-1].start, end=unit.end, kind="menu")
        else:
            blocks.append(Block(start=unit.start, end=unit.end, kind=one.kind))
    return blocks


def _dateline_end(unit: Unit, rules: Furniture, needs_agency: bool) -> int | None:
    """How many characters of a paragraph are its dateline ("DUSHANBE, Sept 11 (Reuters) - "); None for none.

    An agency in brackets makes one; a place in capitals makes one with a day, or early in the text before a dash.
    """
    head = unit.text[:_DATELINE_WIDTH]
    if "(" not in head and not head[:2].isupper():
        return None  # neither an agency nor capitals: nearly all paragraphs
    found = _dateline_pattern().match(head)
    if found is None or len(unit.text) - found.end() < rules.dateline_body:
        return None
    place, day, agency, dash = found["place"], found["day"], found["agency"], found["dash"]
    if dash == ":" and not (day and agency):
        return None
    spaced = unit.text[found.start("dash") - 1].isspace()
    if dash in "-\u2013" and not (spaced and (found["blank"] or agency)):
        return None  # a hyphen within a word
    if place and place.split()[0].strip(",.").casefold() in rules.never_place:
        return None
    capitals = bool(place) and _in_capitals(place)
    if agency or (capitals and day):
        return found.end()
    return found.end() if capitals and not needs_agency else None


def _in_capitals(place: str) -> bool:
    """Whether the first of a place's names is in capitals, and a longer one than most abbreviations: "RIGA, Latvia"."""
    town, *rest = place.split(",")
    return town.isupper() and sum(map(str.isalpha, town)) > 2 and all(word.strip()[:1].isupper() for word in rest)


@lru_cache(maxsize=1)
def _dateline_pattern() -> re.Pattern[str]:
    return re.compile(_DATELINE.replace("MONTH", "|".join(sorted(date_words().months, key=len, reverse=True))))


def _letters(words: str) -> str:
    """Words in the form in which two copies of a title are equal."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", words).casefold()).strip()
