"""Small repairs of trees where constructions of this trade break the parse again and again.

In: a sentence and its name mentions. Out: the same sentence with the tree mended: "President of Ukraine Volodymyr
Zelenskyy" is headed by the name, "President A and President B" is two people, a list of people is coordinated.
"""

from __future__ import annotations

import itertools

from tocsin.language.arguments import mend_arguments
from tocsin.language.coordination import mend_coordination
from tocsin.language.free_relatives import mend_free_relatives
from tocsin.language.giving import mend_giving
from tocsin.language.joints import mend_joints
from tocsin.language.lexicon import Lexicon
from tocsin.language.lost_verbs import mend_verbs
from tocsin.language.mentions import NameMention, name_head
from tocsin.language.named_ships import mend_ships
from tocsin.language.possessives import mend_possessives
from tocsin.language.predicate_words import mend_predicates
from tocsin.language.relatives import mend_relatives
from tocsin.language.speech_joints import mend_speech
from tocsin.language.titled_names import mend_titles
from tocsin.language.tokens import Sentence, Token
from tocsin.language.ways_home import mend_ways


def repair(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> None:
    """Mend the tree of a sentence in place and set the heads of its mentions anew."""
    people = _people(sentence, mentions)
    changed = _compound_gerunds(sentence, lexicon)
    changed |= mend_giving(sentence, mentions, lexicon)
    changed |= mend_coordination(sentence, lexicon)
    changed |= mend_predicates(sentence, lexicon)
    changed |= mend_joints(sentence, lexicon)
    changed |= mend_arguments(sentence, lexicon)
    changed |= mend_verbs(sentence, lexicon)
    changed |= mend_possessives(sentence, lexicon)
    changed |= mend_ways(sentence, lexicon)
    changed |= mend_relatives(sentence, lexicon)
    changed |= mend_ships(sentence, mentions, lexicon)
    changed |= mend_free_relatives(sentence, lexicon)
    changed |= _listed_states(sentence, mentions)
    changed |= _two_states(sentence, mentions)
    changed |= _as_adjective(sentence)
    changed |= _that_clause(sentence)
    for first, last in people:
        changed |= _title_of_state(sentence, first, last, mentions, lexicon)
    changed |= mend_titles(sentence, people, lexicon)
    for number, (first, last) in enumerate(people):
        if number:
            changed |= _split(sentence, people[number - 1], (first, last), lexicon.words("joiners"))
    for first, last in people:
        changed |= _lend_conjuncts(sentence, first, last)
        changed |= _listed(sentence, first, last, people)
    changed |= mend_speech(sentence, mentions, people, lexicon)
    if changed:
        _flatten(sentence)
        sentence.relink()
        for mention in mentions:
            mention.head = name_head(sentence, mention.first, mention.last)


def _compound_gerunds(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "Test firing from an S-300": a noun of two words that the parse takes for a noun and a participle."""
    changed = False
    for first, second in itertools.pairwise(sentence.tokens):
        if f"{first.lower} {second.lower}" not in lexicon.words("compound_gerunds"):
            continue
        if first.head == second.i and first.dep == "compound" and second.tag == "VBG":
            second.pos, second.tag = "NOUN", "NN"  # the tree is right, the tag is not
            for kid in sentence.kids(second, "obl"):
                kid.dep = "nmod"
            changed = True
            continue
        if second.head != first.i:
            continue
        second.head, second.dep = (first.head if first.head != first.i else second.i), first.dep
        second.pos, second.tag = "NOUN", "NN"
        for kid in sentence.kids(first):
            if kid is not second:
                kid.head = second.i
        first.head, first.dep = second.i, "compound"
        sentence.relink()
        for kid in sentence.kids(second, "obl"):
            kid.dep = "nmod"
        changed = True
    return changed


def _as_adjective(sentence: Sentence) -> bool:
    """ "dismissed as baseless the allegation that": the object stands behind the adjective and is the verb's."""
    changed = False
    for token in sentence:
        verb = sentence.parent(token)
        marked = token.i > 0 and sentence.tokens[token.i - 1].lower == "as" and sentence.tokens[token.i - 1].head == token.i
        if verb is None or token.pos != "ADJ" or token.dep != "advcl" or verb.pos != "VERB" or not marked:
            continue
        for kid in sentence.kids(token, "obj"):
            kid.head = verb.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _that_clause(sentence: Sentence) -> bool:
    """ "said that X would work with Y, as Z raises": what stands behind "that" is said, the other clause hangs from it."""
    changed = False
    for token in sentence:
        wrong = sentence.parent(token)
        said = sentence.parent(wrong) if wrong is not None else None
        if wrong is None or said is None or token.dep != "advcl" or wrong.dep != "ccomp" or token.i > wrong.i:
            continue
        marks = [k for k in sentence.kids(token, "mark") if k.lower == "that"]
        if marks and said.i < marks[0].i:
            token.head, token.dep = said.i, "ccomp"
            wrong.head, wrong.dep = token.i, "advcl"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _listed_states(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "A, B, and C agreed": the first two names of a list are no apposition."""
    changed = False
    states = {m.head: m for m in mentions if m.party is not None and m.party.sort == "state"}
    for mention in states.values():
        token = sentence.tokens[mention.head]
        first = states.get(token.head) or _before_comma(sentence, mention, states)
        if token.dep != "appos" or first is None or first.party is None or mention.party is None:
            continue
        town = first.place is not None and first.place.sector == "town"
        conjuncts = [*sentence.kids(token, "conj"), *sentence.kids(sentence.tokens[first.head], "conj")]
        later = [k for k in conjuncts if k.i > token.i]
        if not town and first.party.id != mention.party.id and any(k.i in states for k in later):
            token.head, token.dep = first.head, "conj"
            changed = True
    return changed


def _two_states(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "Seoul, Washington to hold drills": in a headline a comma joins two states, right before what they do."""
    changed = False
    states = [m for m in mentions if m.party is not None and m.party.sort in ("state", "metonym")]
    for first, second in itertools.pairwise(states):
        after = sentence.tokens[second.last + 1] if second.last + 1 < len(sentence.tokens) else None
        token = sentence.tokens[second.head]
        if after is None or first.party is None or second.party is None or first.party.id == second.party.id:
            continue
        beside = second.first == first.last + 2 and sentence.tokens[first.last + 1].text == ","
        if beside and after.lower == "to" and token.dep == "appos" and token.head == first.head:
            token.dep = "conj"
            changed = True
    return changed


def _before_comma(sentence: Sentence, mention: NameMention, states: dict[int, NameMention]) -> NameMention | None:
    """The state named right before a mention, with only a comma between."""
    for other in states.values():
        if other.last + 2 == mention.first and sentence.tokens[other.last + 1].text == ",":
            return other
    return None


def _people(sentence: Sentence, mentions: list[NameMention]) -> list[tuple[int, int]]:
    """Token ranges of people's names: from the tables, else runs that the parser's entities call persons."""
    found = [(m.first, m.last) for m in mentions if m.party is not None and m.party.sort == "person"]
    taken = {i for a, b in found for i in range(a, b + 1)} | {
        i for m in mentions if m.party is not None and m.party.sort != "person" for i in range(m.first, m.last + 1)
    }
    start: int | None = None
    for token in [*sentence.tokens, None]:
        joint = start is not None and token is not None and token.text == "-" and token.entity != "PERSON"
        inner = token is not None and (token.pos == "PROPN" or joint) and token.i not in taken
        person = inner and token is not None and (token.entity == "PERSON" or (joint and _before_name(sentence, token)))
        if person and start is None:
            assert token is not None
            start = token.i
        elif not person and start is not None:
            found.append((start, (token.i if token else len(sentence.tokens)) - 1))
            start = None
    return sorted(found)


def _before_name(sentence: Sentence, token: Token) -> bool:
    """Whether more of a person's name stands behind a hyphen ("Cho Tae-yong")."""
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    return after is not None and after.entity == "PERSON" and after.pos == "PROPN"


def _head(sentence: Sentence, span: tuple[int, int]) -> Token:
    return sentence.tokens[name_head(sentence, *span)]


def _title_of_state(sentence: Sentence, first: int, last: int, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """ "TITLE of STATE NAME": the name becomes the head, the title its modifier, the state belongs to the title."""
    owner = next(
        (m for m in mentions if m.last == first - 1 and m.party is not None and m.party.sort != "person"), None
    )
    person = _head(sentence, (first, last))
    if person.dep not in ("nmod", "obl") or first == 0:
        return False
    state = sentence.tokens[owner.last if owner is not None else first - 1]
    start = owner.first if owner is not None else state.i
    if owner is None and (state.pos != "PROPN" or not any(k.i < state.i for k in sentence.kids(person, "case"))):
        return False  # "Secretary of State NAME": the department's word stands where a state's name may
    title = sentence.tokens[person.head]
    for _ in range(3):
        if lexicon.role(sentence, title) is not None and title.i < start and (owner is None or title.dep not in ("nmod",)):
            break
        if title.dep != "nmod" or title.head >= title.i:
            return False
        title = sentence.tokens[title.head]
    else:
        return False
    between = sentence.tokens[title.i + 1 : start]
    if title.pos not in ("NOUN", "PROPN") or any(t.pos in ("VERB", "AUX") or t.text == "," for t in between):
        return False
    for case in sentence.kids(person, "case"):
        if case.i < start:
            case.head = state.i
    person.head, person.dep = (title.head if title.head != title.i else person.i), title.dep
    for kid in sentence.kids(title, "case", "cc", "punct", "conj"):
        if kid is not person and (kid.i < title.i or kid.dep == "conj"):
            kid.head = person.i
    title.head, title.dep = person.i, "compound"
    state.head, state.dep = title.i, "nmod"
    sentence.relink()
    return True


def _split(sentence: Sentence, left: tuple[int, int], right: tuple[int, int], joiners: frozenset[str]) -> bool:
    """Two names joined by "and" inside one phrase: the first heads it, the second is coordinated."""
    a, b = _head(sentence, left), _head(sentence, right)
    between = sentence.tokens[left[1] + 1 : right[0]]
    joint = next((t for t in between if t.lower in joiners), None)
    if joint is None or any(t.pos in ("VERB", "AUX", "SCONJ") for t in between) or not _below(sentence, a, b):
        return False
    a.head, a.dep = (b.head if b.head != b.i else a.i), b.dep
    for kid in sentence.kids(b):
        if kid.i < joint.i and kid is not a:
            kid.head = a.i
    for token in between:
        if token.i > joint.i and token.head in range(left[0], left[1] + 1):
            token.head, token.dep = b.i, "compound" if token.dep == "conj" else token.dep
    for token in sentence.tokens:  # titles that the parse hung elsewhere in the broken phrase
        if (
            left[1] < token.i < right[0]
            and token.i != joint.i
            and not _below(sentence, token, b)
            and token.dep in ("conj", "compound", "amod")
        ):
            token.head, token.dep = b.i, "compound"
    joint.head, joint.dep = b.i, "cc" if joint.pos == "CCONJ" else "punct"
    b.head, b.dep = a.i, "conj"
    sentence.relink()
    return True


def _below(sentence: Sentence, token: Token, ancestor: Token) -> bool:
    current: Token | None = token
    for _ in range(len(sentence.tokens)):
        if current is None:
            return False
        if current.i == ancestor.i:
            return True
        current = sentence.parent(current)
    return False


def _listed(sentence: Sentence, first: int, last: int, people: list[tuple[int, int]]) -> bool:
    """In a list of people an apposition between two names is a coordination."""
    person = _head(sentence, (first, last))
    parent = sentence.parent(person)
    if person.dep not in ("appos", "nmod", "dep") or parent is None or sentence.kids(person, "case"):
        return False
    if any(a <= parent.i <= b for a, b in people if (a, b) != (first, last)):
        person.dep = "conj"
        return True
    return False


def _lend_conjuncts(sentence: Sentence, first: int, last: int) -> bool:
    """What is coordinated with a title before a name is coordinated with the name."""
    person = _head(sentence, (first, last))
    late = [
        k
        for title in sentence.kids(person, "compound", "nmod", "amod")
        if title.i < first
        for k in sentence.kids(title, "conj")
        if k.i > last
    ]
    for kid in late:
        kid.head = person.i
    return bool(late)


def _flatten(sentence: Sentence) -> None:
    """Every conjunct hangs from the first of its chain."""
    for token in sentence.tokens:
        if token.dep == "conj":
            first, seen = sentence.tokens[token.head], {token.i}
            while first.dep == "conj" and first.i not in seen:
                seen.add(first.i)
                first = sentence.tokens[first.head]
            if first.i not in seen:
                token.head = first.i
