"""Measures that are announced and take effect later.

In: the drafts of an article. Out: the same drafts; a measure whose effect is told as still to come is planned, and dated to
its effect (codebook, rule 48).
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.times.event_time import stated_time
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token

_REACH = 2  # sentences after the measure


def date_to_effect(draft: Draft, note: Annotated) -> None:
    """Make a measure planned where its own sentence, or one after that names a measure, tells when it takes effect."""
    if draft.type != "coercive_measure" or draft.status != "occurred" or draft.historical:
        return
    words = note.interpreter.lexicon.words
    clause = draft.candidate.clause
    if not {clause.lemma, clause.support_lemma} & words("measure_announcing"):
        return  # "imposed", "expelled": done by saying it
    last = max(draft.sentences)
    for sentence in note.sentences[min(draft.sentences) : last + _REACH + 1]:
        named = sentence.index in draft.sentences or any(t.lemma in words("measure_nouns") for t in sentence)
        verb = _to_come(sentence, words("effect_verbs"), words("effect_nouns")) if named else None
        if verb is None:
            continue
        draft.status = "planned"
        for time in note.times:
            if sentence.tokens[verb.i].start < time.start < sentence.end and time.timex3_type == "DATE":
                draft.time = stated_time(time, "planned")
                break
        draft.sentences = sorted({*draft.sentences, sentence.index})
        return


def _to_come(sentence: Sentence, verbs: frozenset[str], nouns: frozenset[str]) -> Token | None:
    """The verb of "will take effect", "is to come into force"."""
    for verb in sentence.tokens[1:-1]:
        ahead = sentence.tokens[verb.i - 1].lower in ("to", "will", "shall")
        after = [t.lower for t in sentence.tokens[verb.i + 1 : verb.i + 3]]
        if verb.lemma in verbs and ahead and set(after) & nouns:
            return verb
    return None
