"""Words of a sentence that some place is called by, with the signs that they are a place here.

In: sentences with their trees. Out: candidates, the longest name at each place, not overlapping, each with its best sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tocsin.language.names.mentions import NameMention
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms.lookup import MOST_WORDS, Lookup, Referent

_PLAIN = re.compile(r"[\w.'’ \-]+")
_STOP = re.compile(r"\w{4,}\. ")  # a sentence's end inside ("of Kent. Dover")


@dataclass(slots=True)
class Candidate:
    """A name at tokens ``first``..``last`` (inclusive)."""

    sentence: Sentence
    first: int
    last: int
    start: int
    end: int
    text: str
    referents: tuple[Referent, ...]
    sign: str = ""
    within: list[Referent] = field(default_factory=list)  # what a name behind a comma says it lies in

    whole: bool = False  # a word before it says that it is a division ("the province of X")

    @property
    def group(self) -> str:
        """What all places of the article where the same is meant have in common."""
        return self.text.casefold() + ("/" if self.whole else "")

    @property
    def sorts(self) -> set[str]:
        """Sorts of its referents."""
        return {r.sort for r in self.referents}


def candidates(text: str, sentences: list[Sentence], mentions: list[NameMention], lookup: Lookup) -> list[Candidate]:
    """All candidates of an article, in text order: names that are known, and those that the words show to be places."""
    found = [c for sentence in sentences for c in _in_sentence(text, sentence, lookup)]
    known = {sentence.index: sentence for sentence in sentences}
    taken = {(c.sentence.index, i) for c in found for i in range(c.first, c.last + 1)}
    for m in mentions:
        place = m.place
        unlisted = place is not None and m.party is None and place.sector == "town" and place.row.get("lat") is None
        if place is not None and unlisted and not any((m.sentence, i) in taken for i in range(m.first, m.last + 1)):
            meant = (Referent("town", place.name, place.country, "town"),)
            found.append(Candidate(known[m.sentence], m.first, m.last, m.start, m.end, m.text, meant))
    return sorted(found, key=lambda c: c.start)


def _in_sentence(text: str, sentence: Sentence, lookup: Lookup) -> Iterator[Candidate]:
    tokens = sentence.tokens
    listed = dict(_listed_counties(sentence, lookup))
    at = 0
    while at < len(tokens):
        article = tokens[at].lower == "the" and not _article_of_name(text, sentence, at, lookup)
        if article or not tokens[at].text[:1].isupper():
            at += 1
            continue
        found = _longest(text, sentence, at, lookup, listed)
        if found is None:
            at += 1
            continue
        yield found
        at = found.last + 1


def _article_of_name(text: str, sentence: Sentence, at: int, lookup: Lookup) -> bool:
    """ "in The Hague": the article of a large town's name, within a sentence."""
    words = sentence.tokens[at : at + 2]
    if at == 0 or words[0].text != "The" or len(words) < 2:
        return False
    named = lookup.named(text[words[0].start : words[1].end])
    return any(r.sort == "town" and r.population >= lookup.weights.large for r in named)


def _longest(text: str, sentence: Sentence, at: int, lookup: Lookup, listed: dict[int, str]) -> Candidate | None:
    tokens = sentence.tokens
    behind, before = lookup.words["features_behind"], lookup.words["features_before"]
    most = 1
    if lookup.begins(text[tokens[at].start : tokens[min(at + 1, len(tokens) - 1)].end]):
        most = lookup.reach(text[tokens[at].start : tokens[min(at + 2, len(tokens) - 1)].end])
    for last in range(min(at + MOST_WORDS, len(tokens)) - 1, at - 1, -1):
        start, end = tokens[at].start, tokens[last].end
        name = text[start:end]
        told = last in listed or name in lookup.short or tokens[last].text in behind or tokens[at].text in before
        if last - at >= most and not told:
            continue
        ends = tokens[last].text[:1].isalnum() or name in lookup.short
        if not ends or not _PLAIN.fullmatch(name) or _STOP.search(name):
            continue
        if last > at and tokens[last].text == "State" and last + 1 < len(tokens) and tokens[last + 1].text[:1].isupper():
            continue
        if name in lookup.short and (len(name.strip(".")) != 2 or "." in name or name == "DC" or _behind_comma(tokens, at)):
            return Candidate(sentence, at, last, start, end, name, lookup.short[name], "short")
        if last in listed:
            counties = tuple(r for r in lookup.named(f"{name} {listed[last]}") if r.sort == "county")
            if counties:
                return Candidate(sentence, at, last, start, end, name, counties, "county")
        known = lookup.named(name) if last - at < most else ()
        if not known and last > at:
            known = _by_feature(tokens[at : last + 1], name, lookup)
        if known:
            return _extended(text, Candidate(sentence, at, last, start, end, name, known), lookup)
    return None


def _by_feature(words: list[Token], name: str, lookup: Lookup) -> tuple[Referent, ...]:
    """A name of no table that a word in it shows to be a place ("Sandusky River", "Lake Mary"): it has no point. A
    province by another name of its kind is the one that the tables know ("Nyanza Province")."""
    if not all(t.text[:1].isupper() and t.text.isalpha() for t in words) or len(words) > 3:
        return ()
    last, first = words[-1].text, words[0].text
    if last in lookup.words["features_behind"]:
        own = words[:-1]
    elif first in lookup.words["features_before"] and len(words) == 2:
        own = words[1:]
    else:
        return ()
    if any(t.lower in lookup.words["no_part"] or t.pos not in ("PROPN", "NOUN", "ADJ") for t in own):
        return ()
    if last in lookup.words["of_provinces"]:
        known = lookup.named(" ".join(t.text for t in own))
        return tuple(r for r in known if r.sort in ("division", "county")) or (Referent("other", name, None, "province"),)
    return (Referent("other", name, None, "region"),)


def _extended(text: str, found: Candidate, lookup: Lookup) -> Candidate:
    """With a word behind it that says what it is ("Clinton Township")."""
    tokens, after = found.sentence.tokens, found.last + 1
    if after < len(tokens) and tokens[after].lower in lookup.words["second_level"] and tokens[after].text[:1].isupper():
        found.last, found.end = after, tokens[after].end
        found.text, found.sign = text[found.start : found.end], "feature"
    elif tokens[found.last].lower in lookup.words["counties"] and found.last > found.first:
        found.sign = "feature"
    return found


def _behind_comma(tokens: list[Token], at: int) -> bool:
    return at > 1 and tokens[at - 1].text == "," and tokens[at - 2].text[:1].isupper()


def _listed_counties(sentence: Sentence, lookup: Lookup) -> Iterator[tuple[int, str]]:
    """Last words of the names in "Kent, Essex and Dover counties", with the noun that each of them takes."""
    tokens = sentence.tokens
    for token in sentence:
        if token.lower not in lookup.words["county_plurals"]:
            continue
        noun = "Parish" if token.lower.startswith("parish") else "County"
        at = token.i - 1
        while at >= 0 and (tokens[at].text[:1].isupper() or tokens[at].lower in (",", "and", "or", "&")):
            if tokens[at].text[:1].isupper():
                yield at, noun
            at -= 1
