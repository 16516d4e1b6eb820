"""Whether a name that some place bears is meant as a place.

In: candidates. Out: the sign of each: a word that says what it is, a division behind a comma, a preposition of place, the
name of a public body behind it, its own nature. Names of people, papers, agreements, streets are none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms.candidates import Candidate
from tocsin.language.toponyms.geometry import kilometres
from tocsin.language.toponyms.lookup import Lookup, Referent
from tocsin.language.trees.lemmas import is_word

NONE = frozenset({"person", "street", "part", "never", "tail", "titled", "lower"})  # signs that it is no place
BY_ITSELF = frozenset({"large", "again"})  # signs of a town that nothing beside it tells to be meant as a place
SURE = frozenset({"short", "county", "feature", "pair", "kind", "dateline", "locative"})


class Signs:
    """Reads the signs of an article's candidates."""

    def __init__(self, lookup: Lookup, sentences: list[Sentence]) -> None:
        self._words, self._lookup = lookup.words, lookup
        self._streets = frozenset(w.lower() for w in lookup.words["streets"])
        self._people = {run[-1].text for s in sentences for run in _people(s) if len(run) > 1}

    def read(self, found: list[Candidate]) -> None:
        """Set the sign of each candidate."""
        for one, after in itertools.pairwise(found):
            if one.sentence is after.sentence:
                self._pair(one, after)
        for one in found:
            one.sign = one.sign or self._sign(one)

    def _pair(self, one: Candidate, after: Candidate) -> None:
        """ "Dover, Del.", "Ghent, Belgium": the second holds the first."""
        tokens = one.sentence.tokens
        between = [t.text for t in tokens[one.last + 1 : after.first]]
        if between not in ([","], ["(",], ["in"], []) or (between == [] and after.sign != "short"):
            return
        if not self._may_lie(one, after):
            return
        holders = [r for r in after.referents if r.sort in ("country", "division", "county") or r.precision == "region"]
        inside = [h for h in holders if any(contains(h, r) for r in one.referents)]
        if between == ["in"] and after.sign != "short" and not all(h.sort in ("country", "division") for h in inside):
            return
        if inside:
            one.within = inside
            one.sign = one.sign or "pair"
            if between != ["in"]:
                after.sign = after.sign or "pair"
        elif after.sign == "short" and between == [","] and one.referents:
            one.sign = one.sign or "pair"
            one.within = holders

    def _may_lie(self, one: Candidate, after: Candidate) -> bool:
        """A country lies in nothing but where its name is a town's too ("Lebanon, Ohio"); "Georgia, Alabama" is a list."""
        if after.sign == "short":
            return True
        if "country" in one.sorts:
            return "division" in after.sorts and "country" not in after.sorts
        return "division" not in one.sorts or "division" not in after.sorts or one.text == after.text

    def _sign(self, one: Candidate) -> str:
        tokens = one.sentence.tokens
        before = tokens[one.first - 1] if one.first else None
        after = tokens[one.last + 1] if one.last + 1 < len(tokens) else None
        words = tokens[one.first : one.last + 1]
        place, kind = self._locative(one), self._of_kind(one)
        if self._never(one, words, "place" if kind else place):  # "the town of Hit"
            return "never"
        if kind:
            return "kind"
        if self._is_person(one, words, place):
            return "person"
        if before is not None and before.lower.rstrip(".") in self._words["titles"] and place == "":
            return "titled"
        if before is not None and self._joined(before, words[0]) and not self._apart(before):
            return "tail"
        if self._in_other_name(one, after):
            return "part"
        if after is not None and after.lower in self._words["not_before"] and "country" not in one.sorts:
            return "part"
        if after is not None and "/" in (after.text, before.text if before else "") and not one.sorts & {"country"}:
            return "part"
        if after is not None and self._joined(words[-1], after) and after.lower not in self._words["no_part"]:
            return self._before_name(one, after)  # but "marched in Sanaa Friday"
        if place == "place":
            return "locative"
        if len(words) == 1 and one.text in self._people and not self._is_whole(one):
            return "person"
        if place:
            return "locative"
        if one.first == 0 and self._dateline(one):
            return "dateline"
        return self._nature(one, after)

    def _in_other_name(self, one: Candidate, after: Token | None) -> bool:
        """ "Bank of America", "Manchester United"."""
        tokens, at = one.sentence.tokens, one.first
        if at >= 2 and tokens[at - 1].lower == "of" and tokens[at - 2].text in self._words["names_of"]:
            return True
        return after is not None and after.text in self._words["not_places"] and after.start - one.end == 1

    def _never(self, one: Candidate, words: list[Token], place: str) -> bool:
        """Ordinary words and short capitals by themselves ("Region", "EST"); "in Reading" is a place."""
        if one.text.lower() in self._words["never_alone"] and not one.text.isupper():
            return True
        if len(words) > 1 or "country" in one.sorts:
            return False
        if words[0].lower in self._words["never_alone"] or (one.text.isupper() and len(one.text) < 5):
            return not (one.first == 0 and self._dateline(one))
        ordinary = "other" not in one.sorts and is_word(words[0].lower)
        return ordinary and place != "place" and max(r.population for r in one.referents) < self._lookup.weights.known

    def _is_person(self, one: Candidate, words: list[Token], place: str) -> bool:
        if not any(t.entity == "PERSON" for t in words) or place == "place":
            return False
        run = next(r for r in _people(one.sentence) if any(t in r for t in words))
        if any(t not in words for t in run):
            return True
        large = max(r.population for r in one.referents) >= self._lookup.weights.large
        known = large or bool(one.sorts & {"country", "division"})
        return not known or (len(words) == 1 and (one.text in self._words["given_names"] or not self._is_whole(one)))

    def _apart(self, before: Token) -> bool:
        """Whether a capital word before a name is no part of it ("South Lagos", "Sunday Lagos police")."""
        return before.lower in self._words["directions"] or before.lower in self._words["no_part"]

    def _joined(self, left: Token, right: Token) -> bool:
        """Whether two capital words stand together as one name."""
        near = right.start - left.end <= 1 and left.text[:1].isalnum() and right.text[:1].isalnum()
        proper = left.pos == "PROPN" and right.pos in ("PROPN", "NOUN", "ADJ")
        return near and proper and left.text[:1].isupper() and right.text[:1].isupper()

    def _before_name(self, one: Candidate, after: Token) -> str:
        tokens = one.sentence.tokens
        then = tokens[after.i + 1].text if after.i + 1 < len(tokens) else ""
        if after.lower.rstrip(".") in self._streets and not self._is_whole(one):
            return "street"
        if then in ("University", "College"):
            return "part"
        if after.text.rstrip(".") in self._words["public"]:
            weak = after.text.rstrip(".") in self._words["public_weak"] and not self._is_whole(one)
            return "weak" if weak and max(r.population for r in one.referents) < self._lookup.weights.large else "public"
        if after.entity == "PERSON":
            return "before_person" if self._is_whole(one) else "part"
        return "before_name" if self._is_whole(one) else "part"

    def _is_whole(self, one: Candidate) -> bool:
        return bool(one.sorts & {"country", "division"}) or (bool(one.sorts & {"county"}) and one.sign == "feature")

    def _locative(self, one: Candidate) -> str:
        """ "place" behind a preposition of place, "people" behind one that people take too, else nothing."""
        tokens, at = one.sentence.tokens, one.first - 1
        while at >= 0 and (tokens[at].lower in self._words["directions"] or tokens[at].lower == "the"):
            at -= 1
        word = tokens[at].lower if at >= 0 else ""
        behind = "".join(t.lower for t in tokens[one.last + 1 : one.last + 3])
        if behind == "-based" or (at > 0 and word == "-" and tokens[at - 1].text in self._words["party_tags"]):
            return "place"  # "Dover-based", "Sen. A, R-Dover"
        if word in self._words["locative"]:
            return "people" if word in self._words["also_of_people"] else "place"
        head = tokens[one.last]
        if head.dep == "conj":  # "in Dover and Kent"
            first = tokens[head.head]
            cases = [t.lower for t in one.sentence.kids(first, "case")]
            if any(c in self._words["locative"] for c in cases):
                return "people" if all(c in self._words["also_of_people"] for c in cases) else "place"
        return ""

    def _of_kind(self, one: Candidate) -> bool:
        """ "the town of X", "X city", "the X region"."""
        tokens, at = one.sentence.tokens, one.first
        kind = tokens[at - 2].lower if at >= 2 and tokens[at - 1].lower == "of" else ""
        one.whole = kind in self._words["of_divisions"]
        return kind in self._words["of_kinds"]

    def _dateline(self, one: Candidate) -> bool:
        """ "DOVER — ", "DOVER (AP) - ", "Dover, Kent: "."""
        rest = [t.text for t in one.sentence.tokens[one.last + 1 : one.last + 5]]
        if len(rest) > 1 and rest[1] in self._words["relatives"]:
            return False  # "Harlow -- who was not there -- said"
        return bool(rest) and (rest[0] in ("—", "–", "-", "--") or (rest[0] == "(" and ")" in rest))

    def _nature(self, one: Candidate, after: Token | None) -> str:
        if "country" in one.sorts:
            return "country"
        if one.sorts & {"division", "other"}:
            return "division"
        if after is not None and after.lower in self._words["of_a_town"]:
            return "of_a_town"
        if after is not None and after.tag == "POS":
            return "possessor"
        if max((r.population for r in one.referents), default=0) >= self._lookup.weights.large:
            return "large"
        return "bare"


def contains(outer: Referent, inner: Referent) -> bool:
    """Whether one referent lies in another, as far as codes tell."""
    if outer.key == inner.key:
        return False
    if outer.sort == "country":
        return inner.sort != "country" and inner.country == outer.country
    if outer.sort == "division":
        return inner.sort in ("town", "county") and bool(outer.division) and inner.division == outer.division
    if outer.sort == "county" and inner.sort == "town" and inner.division == outer.division:
        return near(outer, inner) < 80
    return False


def near(one: Referent, other: Referent) -> float:
    """Kilometres between two referents; very many where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 1e6
    return kilometres((one.lat, one.lon), (other.lat, other.lon))


def _people(sentence: Sentence) -> Iterator[list[Token]]:
    """Runs of words that the parser takes for people."""
    for person, run in itertools.groupby(sentence, key=lambda t: t.entity == "PERSON"):
        if person:
            yield list(run)
