"""What the form of a clause alone tells of its claim: questions that ask whether, commands, what was done without or
instead of claim nothing; an event noun with its doer and its place claims what it names.

In: a clause. Out: the reason why it claims nothing, or None; whether it tells an event whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Clause

_QUOTES = frozenset({'"', "'", "\u201c", "\u201d", "\u2018", "\u2019", ")"})
_ASKING = frozenset({"WP", "WRB", "WDT", "WP$"})
_OPENING = frozenset({"please", "so", "then", "now", "just", "and", "but"})
_WHERE_WHEN = frozenset({"from", "in", "to", "into", "on", "near", "at", "along"})
_WHOLE = frozenset({".", '"', "\u201d"})  # how a sentence of the body ends
_UNTIL = frozenset({"until", "till"})
_LACKING = ("without", "instead of", "rather than", "in case of", "in the event of", "short of")


def made_up(clause: Clause, claims: Mapping[str, frozenset[str]]) -> bool:
    """ "spread false reports of an explosion", "faked proof that N shot it down": what stands below these is not claimed."""
    if any(o.kind == "verb" and o.lemma in claims["faking"] and not o.negated for o in clause.operators):
        return True
    reports = [o.token for o in clause.operators if o.kind == "noun" and o.lemma in claims["nouns"]]
    return any(k.lower in claims["false"] for t in reports for k in clause.sentence.kids(t, "amod"))


def unclaimed(clause: Clause) -> str | None:
    """Why a clause claims nothing by its form; what stands in a relative clause is told all the same."""
    above = [o.token for o in clause.operators if o.scope and o.kind != "mark"]
    chain = [clause.support or clause.token, *above]
    apart = any(not o.scope for o in clause.operators)
    if not apart and _asked(clause.sentence, chain):
        return "a question"
    if any(_commanded(clause.sentence, token) for token in chain):
        return "a command"
    if any(_lacking(clause.sentence, token) for token in (clause.token, *chain)):
        return "what was not done"
    if any(_supposed(clause.sentence, token) for token in (clause.token, *chain)):
        return "only supposed"
    if any(_awaited(clause.sentence, token) for token in chain):
        return "awaited"
    return None


def told_whole(clause: Clause) -> bool:
    """Whether an event noun tells by itself whose it is and where or when: "since the withdrawal of X's troops from Y"."""
    sided = any(p.country for a in clause.get("of", "by", "poss", "nat") for e in a.entities for p in e.parties)
    definite = clause.definite or bool(clause.get("poss"))
    sentence = clause.sentence
    told = [t for t in sentence.subtree(clause.token) if t.pos == "PROPN" and t.dep in ("nmod", "obl")]
    left = any(e.definite for a in clause.get("from") for e in a.entities)  # "the sudden Danish withdrawal from the base"
    return sided and definite and (left or any(k.lower in _WHERE_WHEN for t in told for k in sentence.kids(t, "case")))


def infinitive_told(
    clause: Clause, occasions: frozenset[str], lasting: frozenset[str], negators: frozenset[str]
) -> bool:
    """ "X met Y to express concern", "continues to stand with Y": an infinitive that tells what was said, or goes on."""
    above = clause.sentence.parent(clause.token)
    if clause.kind != "verb" or clause.tense != "infinitive" or above is None or above.tag not in ("VBD", "VBZ", "VBP"):
        return False
    if any(k.tag == "MD" or k.lower in negators for k in clause.sentence.kids(above, "aux", "advmod")):
        return False
    behind = clause.token.i > above.i
    met = above.lemma in occasions and clause.token.dep in ("advcl", "xcomp")
    return behind and (met or (above.lemma in lasting and clause.token.dep == "xcomp"))


def asks_who(clause: Clause) -> bool:
    """ "to investigate who shot down the plane", "find out what hit the ship": only who did it is asked; that it was done
    is known. "Who will lead" and "whether" ask more."""
    subjects = clause.sentence.kids(clause.token, "nsubj")
    return clause.tense == "past" and clause.token.dep == "ccomp" and any(k.tag == "WP" for k in subjects)


def told_with_future(clause: Clause) -> bool:
    """ "will include bombers being based there": a passive under way on what is to come is to come too."""
    being = any(k.lower == "being" for k in clause.sentence.kids(clause.token, "aux", "aux:pass"))
    return being and any(o.tense == "future" for o in clause.operators[:2])


def still_to_come(clause: Clause, marking: frozenset[str]) -> str | None:
    """ "They will decide when the leaders meet": planned; "can decide only when, once the leaders meet": possible."""
    sentence, token = clause.sentence, clause.support or clause.token
    verb, marks = sentence.parent(token), [k for k in sentence.kids(token, "mark", "advmod") if k.lower in marking]
    if verb is None or token.dep != "advcl" or clause.tense != "present" or not marks:
        return None
    if not any(a.tag == "MD" for a in sentence.kids(verb, "aux")):
        return None
    first = marks[0]
    only = first.i > 0 and sentence.tokens[first.i - 1].lower == "only"
    return "possible" if only or first.lower == "once" else "planned"


def timetabled(clause: Clause, weekdays: frozenset[str]) -> bool:
    """ "The two leaders meet on Monday.": the plain present with a day is a timetable; headlines tell the past so."""
    sentence, token = clause.sentence, clause.token
    plain = clause.kind == "verb" and clause.tense == "present" and not clause.progressive and token.tag in ("VBP", "VBZ")
    whole = sentence.kind == "body" and sentence.tokens[-1].text in _WHOLE
    days = [k for k in sentence.kids(token, "obl", "obl:npmod", "nmod:npmod") if k.text in weekdays]
    return plain and whole and any(d.i > token.i and not sentence.kids(d, "det") for d in days)


def stands(clause: Clause, in_force: Mapping[str, frozenset[str]]) -> bool:
    """ "the truce remains in place": it is in force."""
    sentence, noun = clause.sentence, clause.token
    noun = (sentence.parent(noun) or noun) if noun.dep == "acl" else noun  # "the truce declared by N"
    verb = sentence.parent(noun) if noun.pos == "NOUN" and noun.dep == "nsubj" else None
    if verb is None:
        return False
    where = {t.lower for t in sentence.kids(verb, "obl") if case_of(sentence, t) == "in"}
    return verb.lemma in in_force["verbs"] and verb.tag in ("VBZ", "VBP") and bool(where & in_force["nouns"])


def at_what_comes(clause: Clause, to_be_held: Mapping[str, frozenset[str]]) -> bool:
    """ "will be held at the summit in X on 9 July": the summit is still to come."""
    sentence, noun = clause.sentence, clause.token
    verb = sentence.parent(noun)
    if clause.kind != "noun" or clause.support is not None or verb is None or noun.dep != "obl":
        return False
    ahead = any(k.lower in to_be_held["auxiliaries"] for k in sentence.kids(verb, "aux"))
    past = any(k.lower == "have" for k in sentence.kids(verb, "aux"))
    return ahead and not past and case_of(sentence, noun) in to_be_held["prepositions"]


def on_the_eve(clause: Clause, eves: frozenset[str]) -> bool:
    """ "visits N on the eve of a meeting of A and B": told now, it is still to come."""
    sentence, eve = clause.sentence, clause.sentence.parent(clause.token)
    if clause.kind != "noun" or eve is None or eve.lemma not in eves or clause.token.dep != "nmod":
        return False
    verb = sentence.parent(eve)
    return verb is not None and verb.tag in ("VBZ", "VBP")


def _asked(sentence: Sentence, chain: list[Token]) -> bool:
    """ "Is Russia moving troops?", "Who will send tanks?": why and how ask about what has happened."""
    last = next((t for t in reversed(sentence.tokens) if t.text not in _QUOTES), None)
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if last is None or root is None or last.text != "?" or all(t.i != root.i for t in chain):
        return False
    subjects = sentence.kids(root, "nsubj", "nsubj:pass", "expl")
    if any(s.tag == "WP" for s in subjects):
        return True
    helpers = sentence.kids(root, "aux", "aux:pass", "cop")
    if any(t.tag in _ASKING for t in sentence.tokens[: root.i]):
        return False
    return bool(subjects) and any(h.i < subjects[0].i for h in helpers)


def _commanded(sentence: Sentence, token: Token) -> bool:
    """ "Give us tanks": a bare verb that opens its sentence or quotation and has no subject."""
    if token.tag != "VB" or token.dep not in ("root", "conj", "parataxis", "ccomp") or sentence.kind == "headline":
        return False
    if sentence.kids(token, "nsubj", "nsubj:pass", "aux", "aux:pass", "cop", "mark"):
        return False
    first = token
    while first.dep == "conj" and (parent := sentence.parent(first)) is not None and parent.tag == "VB":
        first = parent
    if sentence.kids(first, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark"):
        return False
    before = [t for t in sentence.tokens[: first.i] if t.lower not in _OPENING and t.text not in _QUOTES]
    return not before or before[-1].text == ","


def _lacking(sentence: Sentence, token: Token) -> bool:
    """ "without sending troops", "instead of sending tanks", "in case of signing a treaty"."""
    if token.tag != "VBG" or token.pos != "VERB":
        return False
    words = " ".join(t.lower for t in sentence.tokens[max(0, token.i - 4) : token.i])
    return any(words == w or words.endswith(" " + w) for w in _LACKING)


def _supposed(sentence: Sentence, token: Token) -> bool:
    """ "Sweden joining the alliance will strengthen it": what a name would do, as the subject of what comes of it."""
    name = sentence.parent(token)
    if token.tag != "VBG" or token.dep not in ("acl", "csubj") or name is None:
        return False
    verb = sentence.parent(name) if token.dep == "acl" else name
    subject = token.dep == "csubj" or (name.pos == "PROPN" and name.dep in ("nsubj", "conj"))
    while verb is not None and verb.dep == "conj" and verb.pos == "PROPN":
        verb = sentence.parent(verb)
    if verb is not None and verb.pos == "PROPN":
        verb = sentence.parent(verb)
    return subject and verb is not None and any(a.tag == "MD" for a in sentence.kids(verb, "aux"))


def _awaited(sentence: Sentence, token: Token) -> bool:
    """ "will stay until X leaves": what is waited for, unless the waiting is told as past and not denied."""
    verb = sentence.parent(token)
    marks = {k.lower for k in sentence.kids(token, "mark", "case", "advmod")}
    if verb is None or token.dep != "advcl" or not marks & _UNTIL:
        return False
    helpers = sentence.kids(verb, "aux", "aux:pass", "cop")
    past = any(t.tag == "VBD" for t in (verb, *helpers)) and all(t.tag != "MD" for t in helpers)
    return not past or any(k.lower in ("not", "n't", "n\u2019t", "never") for k in sentence.kids(verb, "advmod"))


def with_doer(clause: Clause, how: object) -> bool:
    """A definite event noun that names its doer ("the regime's attacks on Aleppo", with ``of`` also "the build-up of
    Russian troops") presupposes the event."""
    if how == "of" and clause.kind == "noun" and clause.support is None and clause.definite and clause.get("of"):
        return True
    return (
        clause.kind == "noun"
        and clause.support is None
        and bool(clause.get("poss", "nat") or (clause.definite and clause.get("on", "against")))
        and (clause.definite or bool(clause.get("poss")))
    )


def several(clause: Clause) -> bool:
    """ "attacks by settlers", "Israeli air strikes": more than one, by somebody."""
    bare = clause.kind == "noun" and clause.support is None and clause.token.tag == "NNS"
    return bare and bool(clause.get("by", "nat", "poss"))


def made(clause: Clause) -> bool:
    """ "denied N's claim that": words with their speaker were said, whatever is said of them."""
    return clause.kind == "noun" and clause.support is None and not clause.negated and bool(clause.get("by", "poss", "nat"))
