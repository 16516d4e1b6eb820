"""Repairs of what people say and who says it: lists of people with titles, names before "regime", "called X illegal".

In: a sentence, its name mentions, the token ranges of people's names. Out: whether its tree was changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.tokens import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_HUNG_ON_MANNER = ("nmod", "acl:relcl", "acl", "appos", "obj", "dep")
_FEWEST = 3  # people in a list that is worth a repair: of two the parse makes no mistake


def mend_speech(
    sentence: Sentence, mentions: Sequence[NameMention], people: Sequence[tuple[int, int]], lexicon: Lexicon
) -> bool:
    """All repairs of this file, in place."""
    classes = lexicon.classes(sentence)
    changed = _name_before_noun(sentence, mentions)
    changed |= len(people) >= _FEWEST and _listed_people(sentence, people)
    changed |= "naming_verbs" in classes and _called(sentence, lexicon)
    changed |= "rights_nouns" in classes and _right_to(sentence, lexicon)
    changed |= "manner_nouns" in classes and _in_terms(sentence, lexicon)
    changed |= "staying_verbs" in classes and _remains_firm(sentence, lexicon)
    changed |= "calling_verbs" in classes and _on_somebody_to(sentence, lexicon)
    changed |= "speech_acts" in classes and _said_and_warned(sentence, lexicon)
    changed |= _are_and_call(sentence)
    changed |= _behind_semicolon(sentence)
    changed |= "describing_verbs" in classes and _described_as(sentence, lexicon)
    return ("calling_verbs" in classes and _called_for(sentence, lexicon)) or changed


def _are_and_call(sentence: Sentence) -> bool:
    """ "We are concerned and call on N": a bare verb beside what is told with "are" is finite, no infinitive."""
    changed = False
    for token in (t for t in sentence if t.tag == "VB" and t.dep == "conj"):
        first = sentence.parent(token)
        if first is None or sentence.kids(token, "aux", "mark", "cop"):
            continue
        helpers = sentence.kids(first, "cop", "aux", "aux:pass")
        if first.pos in ("ADJ", "VERB") and first.tag != "VB" and helpers and all(k.tag == "VBP" for k in helpers):
            token.tag = "VBP"
            changed = True
    return changed


def _described_as(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "described the attack as lawful" with the quality as a clause: it is what the attack is described as."""
    found = False
    for token in sentence:
        verb = sentence.parent(token)
        if token.pos != "ADJ" or token.dep not in ("advcl", "obl", "xcomp") or verb is None:
            continue
        if sentence.kids(token, "nsubj", "cop"):
            continue
        as_ = [k for k in sentence.kids(token, "case", "mark", "advmod") if k.lower == "as"]
        if as_ and verb.lemma in lexicon.words("describing_verbs"):
            token.dep, as_[0].dep, found = "obl", "case", True
    if found:
        sentence.relink()
    return found


def _behind_semicolon(sentence: Sentence) -> bool:
    """ "N met M; they condemned X and urged Y": what stands behind a semicolon goes on there."""
    changed = False
    stops = [t.i for t in sentence if t.text == ";"]
    for token in sentence if stops else ():
        first = sentence.parent(token)
        stop = max((i for i in stops if i < token.i), default=-1)
        if token.dep != "conj" or token.tag not in _FINITE or first is None or first.i > stop or stop < 0:
            continue
        if sentence.kids(token, "nsubj", "nsubj:pass"):
            continue
        behind = [t for t in sentence.tokens[stop + 1 : token.i] if t.tag == token.tag and sentence.kids(t, "nsubj")]
        if behind:
            token.head = behind[-1].i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _said_and_warned(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "N said that M was behind it and warned of more", "told the envoy to leave and accused M": who speaks says both."""
    changed = False
    for token in sentence:
        first = sentence.parent(token)
        above = sentence.parent(first) if first is not None else None
        if token.dep != "conj" or token.tag not in ("VBD", "VBZ") or first is None or above is None:
            continue
        if above.tag != token.tag:
            continue
        if token.lemma not in lexicon.words("speech_acts") or sentence.kids(token, "nsubj", "nsubj:pass", "aux:pass", "aux"):
            continue
        said = first.dep == "ccomp" and above.lemma in lexicon.words("saying") and first.i > above.i
        told = first.dep in ("xcomp", "advcl") and first.tag == "VB"
        if (said or told) and not any(t.dep == "nsubj" and t.i < token.i for t in sentence.kids(token)):
            token.head = above.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _name_before_noun(sentence: Sentence, mentions: Sequence[NameMention]) -> bool:
    """ "the Maduro regime" with the name as an adjective: it is a noun."""
    changed = False
    for mention in mentions:
        token = sentence.tokens[mention.head]
        person = mention.party is not None and mention.party.sort == "person"
        if person and token.pos == "ADJ" and token.tag in ("NNP", "NNPS") and token.dep == "amod":
            token.pos, token.dep = "PROPN", "compound"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _listed_people(sentence: Sentence, people: Sequence[tuple[int, int]]) -> bool:
    """ "TITLE A, TITLE B, and TITLE C met": all of them are the subject. Nothing but titles, names and "of STATE" may
    stand between the commas, one name in each part."""
    verb = next((t for t in sentence if t.tag in _FINITE and any(last < t.i for _, last in people)), None)
    if verb is None:
        return False
    parts = _parts(sentence, people, verb)
    main = verb if verb.pos == "VERB" else sentence.tokens[verb.head]
    if len(parts) < _FEWEST or main.pos != "VERB" or main.i < verb.i:
        return False
    first = sentence.tokens[name_head(sentence, *parts[0][2])]
    if main.head in range(parts[0][0], parts[-1][1] + 1) or main.dep == "acl:relcl":
        main.head, main.dep = main.i, "root"
    for start, end, name in parts:
        head = sentence.tokens[name_head(sentence, *name)]
        for token in sentence.tokens[start : end + 1]:
            climbs = _climbs(sentence, token, head, start, end)
            if token is not head and (climbs or token.head not in range(start, end + 1)):
                token.head, token.dep = head.i, token.dep if token.dep in ("punct", "cc", "case", "det") else "compound"
        head.head, head.dep = (main.i, "nsubj") if head is first else (first.i, "conj")
    for token in sentence.tokens[parts[0][0] : verb.i]:  # the joiners between the parts
        if not any(start <= token.i <= end for start, end, _ in parts):
            token.head, token.dep = main.i, "punct" if token.text == "," else "cc"
    sentence.relink()
    for kid in sentence.kids(main, "nsubj"):
        if kid is not first and parts[0][0] <= kid.i < verb.i:
            kid.head, kid.dep = first.i, "conj"
    sentence.relink()
    return True


def _parts(
    sentence: Sentence, people: Sequence[tuple[int, int]], verb: Token
) -> list[tuple[int, int, tuple[int, int]]]:
    """The parts of a list right before a verb, each with the name in it; nothing where one part is no person."""
    found: list[tuple[int, int, tuple[int, int]]] = []
    end = verb.i - 1
    while end >= 0:
        while end >= 0 and sentence.tokens[end].lower in (",", "and"):
            end -= 1
        start = end
        while start > 0 and sentence.tokens[start - 1].lower not in (",", "and"):
            start -= 1
        inside = [span for span in people if start <= span[0] and span[1] <= end]
        if len(inside) != 1 or not _titled(sentence, start, end, inside[0]):
            break
        found.insert(0, (start, end, inside[0]))
        end = start - 1
    return found


def _titled(sentence: Sentence, start: int, end: int, name: tuple[int, int]) -> bool:
    """Whether a part of a list is a name with its title before it and at most "of STATE" behind it."""
    before, behind = sentence.tokens[start : name[0]], sentence.tokens[name[1] + 1 : end + 1]
    plain = all(t.pos in ("NOUN", "PROPN", "ADJ", "PART", "PUNCT", "DET") or t.lower in ("of", "for", "to") for t in before)
    names = all(t.pos not in ("VERB", "AUX") or t.text[:1].isupper() for t in behind)  # "of the United States"
    return plain and (not behind or behind[0].lower == "of") and names


def _climbs(sentence: Sentence, token: Token, head: Token, start: int, end: int) -> bool:
    """Whether a word of a part stands above the name in it."""
    current = sentence.parent(head)
    for _ in range(end - start + 1):
        if current is None or not start <= current.i <= end:
            return False
        if current is token:
            return True
        current = sentence.parent(current)
    return False


def _called(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "called the strike illegal" with both words as complements: the first is what is called so."""
    changed = False
    for verb in sentence:
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("naming_verbs"):
            continue
        objects = [k for k in sentence.kids(verb, "obj") if k.i > verb.i]
        if len(objects) == 2 and objects[1].pos == "NOUN" and not sentence.kids(objects[1], "case"):
            objects[1].dep = "xcomp"  # "calls the deployment a threat"
            changed = True
        if objects:
            continue
        things = [k for k in sentence.kids(verb, "xcomp") if k.pos in ("NOUN", "PROPN", "ADJ") and k.i > verb.i]
        if len(things) == 2 and things[0].pos != "ADJ" and not sentence.kids(things[0], "case", "mark", "cop"):
            things[0].dep = "obj"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _right_to(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "support for Ukraine's right to strike": the support is for the right, not for the striking."""
    changed = False
    for noun in sentence:
        verb = sentence.parent(noun)
        above = sentence.parent(verb) if verb is not None and verb.dep == "acl" else None
        if verb is None or above is None or noun.dep != "nsubj" or noun.lemma not in lexicon.words("rights_nouns"):
            continue
        marks = [k for k in sentence.kids(verb, "mark") if k.lower == "for" and k.i < noun.i]
        if not marks or not sentence.kids(noun, "nmod:poss", "amod") or above.i > noun.i:
            continue
        noun.head, noun.dep, verb.head = above.i, "nmod", noun.i
        marks[0].head, marks[0].dep = noun.i, "case"
        sentence.relink()
        changed = True
    return changed


def _in_terms(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "condemned in the strongest terms the attack", "noted with concern the drills": what stands behind the manner is
    what the verb is about."""
    changed = False
    for terms in sentence:
        verb = sentence.parent(terms)
        if verb is None or verb.pos != "VERB" or terms.lemma not in lexicon.words("manner_nouns"):
            continue
        cases = sentence.kids(terms, "case")
        if terms.dep != "obl" or not cases or cases[0].i != verb.i + 1 or sentence.kids(verb, "obj"):
            continue
        things = [k for k in sentence.kids(terms, *_HUNG_ON_MANNER) if k.pos in ("NOUN", "PROPN")]
        thing = next((k for k in things if k.i > terms.i and not sentence.kids(k, "case", "mark", "cop")), None)
        if thing is not None:
            thing.head, thing.dep = verb.i, "obj"
            sentence.relink()
            changed = True
    return changed


def _remains_firm(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "remains firm in its support for N": in what somebody remains so belongs to the verb."""
    changed = False
    for word in sentence:
        verb = sentence.parent(word)
        if verb is None or word.pos != "ADJ" or word.dep != "xcomp" or verb.lemma not in lexicon.words("staying_verbs"):
            continue
        for kid in sentence.kids(word, "obl"):
            if any(k.lower == "in" for k in sentence.kids(kid, "case")):
                kid.head = verb.i
                changed = True
    if changed:
        sentence.relink()
    return changed


def _on_somebody_to(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "count on N to leave" with the infinitive as a purpose: it is what N is called on to do."""
    changed = False
    for inner in (t for t in sentence if t.dep == "advcl"):
        verb = sentence.parent(inner)
        to = next((k for k in sentence.kids(inner, "aux", "mark") if k.lower == "to"), None)
        if verb is None or to is None or inner.dep != "advcl" or verb.lemma not in lexicon.words("calling_verbs"):
            continue
        for kid in sentence.kids(verb, "obl"):
            called = {c.lower for c in sentence.kids(kid, "case")} & {"on", "upon"}
            if called and max(t.i for t in sentence.subtree(kid)) == to.i - 1:
                inner.dep = "xcomp"
                changed = True
    if changed:
        sentence.relink()
    return changed


def _called_for(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "called for the death to be investigated": what stands between "for" and "to" undergoes it."""
    changed = False
    for verb in sentence:
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("calling_verbs"):
            continue
        for inner in sentence.kids(verb, "xcomp", "advcl"):
            marks = [k for k in sentence.kids(inner, "mark") if k.lower == "for"]
            between = [k for k in sentence.kids(verb, "obl", "obj") if marks and marks[0].i < k.i < inner.i]
            if between and not sentence.kids(inner, "nsubj", "nsubj:pass"):
                passive = bool(sentence.kids(inner, "aux:pass"))
                between[0].head, between[0].dep = inner.i, "nsubj:pass" if passive else "nsubj"
                inner.dep = "advcl"
                sentence.relink()
                changed = True
    return changed
