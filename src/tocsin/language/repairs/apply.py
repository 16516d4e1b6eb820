"""Small repairs of trees where constructions of this trade break the parse again and again.

In: a sentence and its name mentions. Out: the same sentence with the tree mended, by the repairs here and in the modules
that this one calls in order.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.repairs.arguments import mend_arguments
from tocsin.language.repairs.clause_joints import mend_clauses
from tocsin.language.repairs.commands import mend_commands
from tocsin.language.repairs.coordination import mend_coordination
from tocsin.language.repairs.dates_and_participles import mend_dates
from tocsin.language.repairs.days_before_verbs import mend_days
from tocsin.language.repairs.denied_members import mend_denied
from tocsin.language.repairs.event_phrases import mend_event_phrases
from tocsin.language.repairs.force_joints import mend_force
from tocsin.language.repairs.free_relatives import mend_free_relatives
from tocsin.language.repairs.giving import mend_giving
from tocsin.language.repairs.insertions import mend_insertions
from tocsin.language.repairs.joints import mend_joints
from tocsin.language.repairs.lost_nouns import mend_nouns
from tocsin.language.repairs.lost_verbs import mend_verbs
from tocsin.language.repairs.named_ships import mend_ships
from tocsin.language.repairs.noun_agents import mend_noun_agents
from tocsin.language.repairs.origins import mend_origins
from tocsin.language.repairs.person_names import lend_conjuncts, list_people, people_of, split_people, title_of_state
from tocsin.language.repairs.place_chains import mend_place_chains
from tocsin.language.repairs.possessives import mend_possessives
from tocsin.language.repairs.predicate_words import mend_predicates
from tocsin.language.repairs.pressing_joints import mend_pressing
from tocsin.language.repairs.relatives import mend_relatives
from tocsin.language.repairs.speech_joints import mend_speech
from tocsin.language.repairs.titled_names import mend_titles
from tocsin.language.repairs.toll_joints import mend_tolls
from tocsin.language.repairs.ways_home import mend_ways
from tocsin.language.tokens import Sentence, Token

State = list[tuple[int, str, str, str, str]]


def repair(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> None:
    """Mend the tree of a sentence in place and set the heads of its mentions anew. One that leaves no tree is undone."""
    sentence.classes = None  # lemmas were set since the tree was made
    changed, good = False, _state(sentence)
    for step in _steps(sentence, mentions, lexicon):
        if not step():
            continue
        if _rooted(sentence):
            changed, good = True, _state(sentence)
        else:
            _restore(sentence, good)
    if changed:
        _flatten(sentence)
        sentence.relink()
        for mention in mentions:
            mention.head = name_head(sentence, mention.first, mention.last)


def _steps(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> Iterator[Callable[[], bool]]:
    """The repairs in their order."""
    people = people_of(sentence, mentions, lexicon.words("words_for_sons"))
    yield partial(_compound_gerunds, sentence, lexicon)
    yield partial(mend_nouns, sentence, lexicon)
    yield partial(mend_dates, sentence, lexicon)
    yield partial(mend_days, sentence, lexicon)
    yield partial(mend_giving, sentence, mentions, lexicon)
    for mend in (
        mend_denied, mend_coordination, mend_predicates, mend_insertions, mend_joints, mend_clauses, mend_arguments,
        mend_commands, mend_verbs, mend_possessives, mend_noun_agents, mend_event_phrases, mend_ways, mend_origins,
        mend_relatives, mend_force, mend_tolls,
    ):
        yield partial(mend, sentence, lexicon)
    yield partial(mend_ships, sentence, mentions, lexicon)
    yield partial(mend_free_relatives, sentence, lexicon)
    yield partial(mend_place_chains, sentence, mentions, lexicon)
    yield partial(_first_of_name, sentence, mentions)
    yield partial(_split_names, sentence, mentions)
    yield partial(_listed_states, sentence, mentions)
    yield partial(_two_states, sentence, mentions)
    yield partial(_as_adjective, sentence)
    yield partial(_that_clause, sentence)
    for first, last in people:
        yield partial(title_of_state, sentence, first, last, mentions, lexicon)
    yield partial(mend_titles, sentence, people, lexicon)
    for one, other in itertools.pairwise(people):
        yield partial(split_people, sentence, one, other, lexicon.words("joiners"))
    for first, last in people:
        yield partial(lend_conjuncts, sentence, first, last)
        yield partial(list_people, sentence, first, last, people)
    yield partial(mend_speech, sentence, mentions, people, lexicon)
    yield partial(mend_pressing, sentence, mentions, lexicon)


def _state(sentence: Sentence) -> State:
    return [(t.head, t.dep, t.pos, t.tag, t.lemma) for t in sentence.tokens]


def _restore(sentence: Sentence, state: State) -> None:
    for token, kept in zip(sentence.tokens, state, strict=True):
        token.head, token.dep, token.pos, token.tag, token.lemma = kept
    sentence.relink()


def _rooted(sentence: Sentence) -> bool:
    """Whether every word's heads lead to a root."""
    good: set[int] = set()
    for token in sentence.tokens:
        path: list[int] = []
        at = token
        while at.i not in good and at.head != at.i:
            if at.i in path:
                return False
            path.append(at.i)
            at = sentence.tokens[at.head]
        good.update(path, (at.i,))
    return True


def _first_of_name(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "the Able Archer exercise": a capital adjective right before a name is its first word, unless it names a party."""
    known = {i for m in mentions for i in range(m.first, m.last + 1)}
    changed = False
    for word, name in itertools.pairwise(sentence.tokens[1:]):
        written = word.dep == "amod" and word.pos == "ADJ" and word.text[:1].isupper() and word.i not in known
        if written and name.pos == "PROPN" and name.dep == "compound" and word.head == name.head:
            word.head, changed = name.i, True
    if changed:
        sentence.relink()
    return changed


def _compound_gerunds(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "Test firing from an S-300": a noun of two words that the parse takes for a noun and a participle."""
    if "compound_gerunds" not in lexicon.classes(sentence):
        return False
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
        if second.head == first.head and second.dep == first.dep and second.i not in (second.head, first.head):
            first.head, first.dep = second.i, "compound"  # read as two subjects
            second.pos, second.tag = "NOUN", "NN"
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
        if token.dep != "advcl":
            continue
        verb = sentence.parent(token)
        marked = token.i > 0 and sentence.tokens[token.i - 1].lower == "as" and sentence.tokens[token.i - 1].head == token.i
        quality = token.pos == "ADJ" or (token.tag == "VBG" and not token.lower.endswith("ing"))  # "baseless"
        if verb is None or not quality or verb.pos != "VERB" or not marked:
            continue
        token.pos, token.tag = "ADJ", "JJ"
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
        if token.dep != "advcl":
            continue
        wrong = sentence.parent(token)
        said = sentence.parent(wrong) if wrong is not None else None
        if wrong is None or said is None or wrong.dep != "ccomp" or token.i > wrong.i:
            continue
        marks = [k for k in sentence.kids(token, "mark") if k.lower == "that"]
        if marks and said.i < marks[0].i:
            token.head, token.dep = said.i, "ccomp"
            wrong.head, wrong.dep = token.i, "advcl"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _split_names(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "Mali, Burkina Faso and Niger" with "Burkina" joined to "Faso", and Mali as a word of that name."""
    changed = False
    heads = {m.head: m for m in mentions if m.party is not None}
    for mention in heads.values():
        head = sentence.tokens[mention.head]
        for word in sentence.tokens[mention.first : mention.last + 1]:
            if word.dep == "conj" and word.head == head.i and word.i == head.i - 1:
                word.dep, changed = "compound", True
        first = sentence.tokens[mention.first - 2] if mention.first > 1 else head
        listed = first.i in heads and first.head == head.i and first.dep in ("compound", "conj")
        if listed and sentence.tokens[mention.first - 1].text == ",":
            first.head, first.dep = (head.head if head.head != head.i else first.i), head.dep
            for kid in [*sentence.kids(head, "conj", "case", "appos"), head]:
                kid.head = first.i if kid.i != first.i else kid.head
            head.dep, changed = "conj", True
    if changed:
        sentence.relink()
    return changed


def _listed_states(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "A, B, and C agreed": the first two names of a list are no apposition."""
    changed = False
    states = {m.head: m for m in mentions if m.party is not None and m.party.sort == "state"}
    seats = {m.head: m for m in mentions if m.party is not None and m.party.sort in ("state", "metonym")}
    for mention in seats.values():  # "Seoul, Washington to hold drills"
        token = sentence.tokens[mention.head]
        first = seats.get(token.head)
        comma = first is not None and token.i == first.head + 2 and sentence.tokens[token.i - 1].text == ","
        same = first is None or first.party is None or mention.party is None or first.party.country == mention.party.country
        lists = first is not None and sentence.tokens[first.head].dep == "nsubj" and token.dep in ("nmod:npmod", "appos")
        if comma and lists and not same:
            token.dep = "conj"
            changed = True
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


def _new_subject(sentence: Sentence, first: Token, token: Token) -> bool:
    """ "N met M; they condemned K and urged L": who urged is who condemned."""
    own = first.pos == token.pos == "VERB" and bool(sentence.kids(first, "nsubj", "nsubj:pass"))
    return own and first.i < token.i and not sentence.kids(token, "nsubj", "nsubj:pass")


def _flatten(sentence: Sentence) -> None:
    """Every conjunct hangs from the first of its chain; a verb that shares the subject of another conjunct from that one."""
    for token in sentence.tokens:
        if token.dep == "conj":
            first, seen = sentence.tokens[token.head], {token.i}
            while first.dep == "conj" and first.i not in seen and not _new_subject(sentence, first, token):
                seen.add(first.i)
                first = sentence.tokens[first.head]
            if first.i not in seen:
                token.head = first.i
