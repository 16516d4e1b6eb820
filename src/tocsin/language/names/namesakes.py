"""People who share a known person's surname: "Bassel al-Assad" is not the Assad of the tables.

In: a surname that a table gives alone, and the words beside it. Out: whether a given name stands before it that is not his,
or another surname behind it.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from tocsin.knowledge.names import Name, fold
from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence

_MOST_NAMES = 3  # words before a surname that are looked at
_ALIKE = 0.5  # "Aleksandr" and "Alexander", "Mike" and "Michael" are one name; "Jill" and "Joe" are two


def is_namesake(name: Name, sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the surname at ``first``..``last`` stands behind the given name of somebody else."""
    words = [t.text for t in sentence.tokens[first : last + 1] if len(t.text) > 2]
    if name.sort == "person" and (_son(name, sentence, last, lexicon) or _crowned(name, sentence, first, lexicon)):
        return True
    if name.sort != "person" or len(words) != 1 or fold(words[0]).lower() in lexicon.given_names:
        return False
    if _named_after(sentence, last, lexicon):
        return True
    given = _given_before(sentence, first, lexicon)
    if given is None:
        return False
    names = (name.name, *(name.row.get("aliases") or ()))
    own = {fold(word).lower() for alias in names for word in alias.replace("-", " ").split()}
    return not any(SequenceMatcher(None, given, word).ratio() > _ALIKE for word in own - {fold(words[0]).lower()})


def _crowned(name: Name, sentence: Sentence, first: int, lexicon: Lexicon) -> bool:
    """ "King Hussein" is not the president of that name: a royal title that the known person never held."""
    title = sentence.tokens[first - 1].lower if first else ""
    held = " ".join(str(office["office"]).lower() for office in name.row.get("offices") or ())
    own = (title in alias.lower().split() for alias in (name.name, *(name.row.get("aliases") or ())))
    return title in lexicon.words("royal_titles") and title not in held.split() and not any(own)


def _son(name: Name, sentence: Sentence, last: int, lexicon: Lexicon) -> bool:
    """ "Donald Trump Jr.": the son, unless the known person himself is called so."""
    after = sentence.tokens[last + 1].text if last + 1 < len(sentence.tokens) else ""
    sons = lexicon.words("words_for_sons")
    own = {word for alias in (name.name, *(name.row.get("aliases") or ())) for word in alias.split()}
    return after in sons and not own & sons


def _named_after(sentence: Sentence, last: int, lexicon: Lexicon) -> bool:
    """Whether another surname stands right behind: "Mashaal al-Tammo" is no Mashaal."""
    after = sentence.tokens[last + 1 : last + 4]
    hyphened = len(after) == 3 and after[1].text == "-" and after[1].start == after[0].end
    return hyphened and after[0].lower in lexicon.words("name_particles") and after[2].text[:1].isupper()


def _given_before(sentence: Sentence, first: int, lexicon: Lexicon) -> str | None:
    """The given name in the run of capital words right before a surname."""
    found = None
    for at in range(first - 1, max(first - 1 - _MOST_NAMES, -1), -1):
        token = sentence.tokens[at]
        if token.pos != "PROPN" or not token.text[:1].isupper() or lexicon.role(sentence, token) is not None:
            break
        lower = fold(token.lower)
        found = lower if lower in lexicon.given_names else found
    return found
