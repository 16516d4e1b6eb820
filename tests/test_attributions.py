"""The layer of attributions: who says, thinks or wants what.

In: texts of our own on events of public record. Each names source, cue and content that must be listed, or words that must
not be; properties hold for all of them.
"""

from __future__ import annotations

import pytest

from tocsin.model import Attribution
from tocsin.reader import Reader

SAID = [
    # quoted, told, mixed
    ("“We will not recognise the vote,” Stoltenberg said.", "Stoltenberg", "said", "“We will not recognise the vote,”"),
    ("Estonia said the jet had crossed its border.", "Estonia", "said", "the jet had crossed its border"),
    ("The crash was an accident, Ankara said, and no shots were fired.", "Ankara", "said", "The crash was an accident"),
    ("Lavrov called the deployment “a provocation”.", "Lavrov", "called", "the deployment “a provocation”"),
    ("Seoul accused the North of firing two missiles.", "Seoul", "accused", "the North of firing two missiles"),
    ("Macron urged both sides to hold talks.", "Macron", "urged", "to hold talks"),
    ("Finland wants to join the alliance.", "Finland", "wants", "to join the alliance"),
    ("As Guterres said, the corridor is a lifeline.", "Guterres", "said", "the corridor is a lifeline"),
    ("Left alone, Borrell went on to say that the talks had failed.", "Borrell", "say", "that the talks had failed"),
    ("The envoy left, saying the truce was over.", "The envoy", "saying", "the truce was over"),
    # nobody named
    ("The depot was reportedly hit by a drone.", None, "reportedly", "The depot was"),
    ("The frigate is expected to sail in May.", None, "is expected", "The frigate"),
    ("Asked about the raid, the minister left the room.", None, "Asked", "about the raid"),
    ("There were reports that the base had been shelled.", None, "reports", "that the base had been shelled"),
    # nouns, adjectives, phrases
    ("India bought 36 jets, according to the SIPRI institute.", "SIPRI", "according to", "India bought 36 jets"),
    ("Russia's claim that the bridge was hit is false.", "Russia", "claim", "that the bridge was hit"),
    ("Hamas made the claim that the hospital was hit.", "Hamas", "made the claim", "that the hospital was hit"),
    ("Zelensky is confident that the line will hold.", "Zelensky", "is confident", "that the line will hold"),
    ("In Moscow's view, the treaty is dead.", "Moscow", "In", "the treaty is dead"),
    ("The treaty was criticised by Serbia.", "Serbia", "was criticised", "The treaty"),
    ("Peskov: Russia will answer the strike.", "Peskov", ":", "Russia will answer the strike"),
    ("The UN condemned what Kyiv said was a war crime.", "Kyiv", "said", "was a war crime"),
    # what is told stands before its verb
    ("The strike, which Israel had announced, hit Isfahan.", "Israel", "had announced", "which"),
]  # fmt: skip

NOT_SAID = [
    ("“I think the truce will hold,” Blinken said.", "think"),  # his thought is part of his words
    ("Kenya said it hopes to send police.", "hopes"),  # the hope is told by Kenya
    ("Latvia: 12 jets.", ":"),
    ("Ships from Norway support the fleet at sea.", "said"),
    ("The convoy reached Gao on Friday.", "reached"),
    ("A bomb was planted by the rebels.", "planted"),
    ("The minister told reporters.", "told"),
]


def said(reader: Reader, text: str) -> list[Attribution]:
    return list(reader.read_text(text, plain=True).attributions)


@pytest.mark.parametrize(("text", "source", "cue", "content"), SAID)
def test_a_saying_is_listed(reader: Reader, text: str, source: str | None, cue: str, content: str) -> None:
    listed = said(reader, text)
    found = [(a.source.text if a.source else None, a.cue.text, text[a.content.start : a.content.end]) for a in listed]
    assert any(_named(s, source) and c.endswith(cue) and t.startswith(content) for s, c, t in found), found


def _named(found: str | None, source: str | None) -> bool:
    return found is source if found is None or source is None else source in found


@pytest.mark.parametrize(("text", "cue"), NOT_SAID)
def test_what_is_no_saying_is_not_listed(reader: Reader, text: str, cue: str) -> None:
    assert all(cue not in a.cue.text for a in said(reader, text))


def test_a_chain_lists_each_source(reader: Reader) -> None:
    text = "Interfax reported that the ministry had said that the convoy left Minsk."
    assert [(a.source.text, a.cue.text) for a in said(reader, text) if a.source] == [
        ("Interfax", "reported"),
        ("the ministry", "had said"),
    ]


def test_a_quotation_runs_on_over_sentences_and_paragraphs(reader: Reader) -> None:
    text = (
        "“The strait is open,” Admiral Cooper said. “It will stay so. No ship was stopped.”\n\n"
        "“We watch it by day and night.”\n\nThe ship left Bahrain."
    )
    (one,) = said(reader, text)
    assert one.quoted
    assert text[one.content.start : one.content.end].endswith("by day and night.”")


def test_a_quotation_before_its_speaker_belongs_to_him(reader: Reader) -> None:
    text = "“Was it a missile? Nobody knows!” Shoigu said on Monday."
    (one,) = said(reader, text)
    assert one.source is not None
    assert (one.source.text, text[one.content.start : one.content.end]) == ("Shoigu", "“Was it a missile? Nobody knows!”")


def test_who_asks_right_behind_a_quotation_is_not_asked(reader: Reader) -> None:
    text = "“Where is the fleet?” a reporter asked him. “It is at sea,” Rear Admiral Hagari replied."
    asked, replied = said(reader, text)
    assert asked.source is not None
    assert replied.source is not None
    assert (asked.source.text, text[asked.content.start : asked.content.end]) == ("a reporter", "“Where is the fleet?”")
    assert "Hagari" in replied.source.text


def test_a_colon_before_a_quotation_says_who_speaks(reader: Reader) -> None:
    text = "The Kremlin wrote on Monday:\n\n“The bridge is open. Trains run again.”"
    (one,) = said(reader, text)
    assert one.source is not None
    assert (one.source.text, text[one.content.start : one.content.end]) == (
        "The Kremlin",
        "“The bridge is open. Trains run again.”",
    )


def test_paragraphs_without_marks_are_spoken_where_they_speak_as_we(reader: Reader) -> None:
    text = "Speaking in London, Defence Secretary Ben Wallace said:\n\nWe have trained 10,000 recruits.\n\nKyiv will win."
    (one,) = said(reader, text)
    assert one.source is not None
    assert "Wallace" in one.source.text
    assert text[one.content.start : one.content.end] == "We have trained 10,000 recruits.\n\nKyiv will win"


def test_two_single_marks_are_a_quotation(reader: Reader) -> None:
    text = "''We saw ten ships,'' Tsai said. ''They turned back.''"
    (one,) = said(reader, text)
    assert text[one.content.start : one.content.end].endswith("They turned back.''")


def test_a_pronoun_has_the_name_of_whom_it_stands_for(reader: Reader) -> None:
    text = "President Emmanuel Macron flew to Kyiv. He said that France would send howitzers."
    (one,) = [a for a in said(reader, text) if a.cue.text == "said"]
    assert one.source is not None
    assert one.source.text == "He"
    assert "Macron" in (one.source.name or "")


def test_a_relative_pronoun_has_the_name_of_its_noun(reader: Reader) -> None:
    text = "The strike was condemned by Jens Stoltenberg, who said that it broke the treaty."
    (one,) = [a for a in said(reader, text) if a.cue.text == "said"]
    assert one.source is not None
    assert one.source.text == "who"
    assert "Stoltenberg" in (one.source.name or "")


@pytest.mark.parametrize("text", [*(case[0] for case in SAID), *(case[0] for case in NOT_SAID)])
def test_spans_are_the_words(reader: Reader, text: str) -> None:
    for one in said(reader, text):
        for part in (one.cue, *([one.source] if one.source else [])):
            assert text[part.start : part.end] == part.text
        words = text[one.content.start : one.content.end]
        assert words == words.strip() != ""
        assert not _overlap(one)


def test_the_words_of_the_table_are_single_and_small(reader: Reader) -> None:
    for key, words in reader.tables.mapping("attribution.yaml").items():
        assert words
        assert len(words) == len(set(words)), key
        assert all(word == word.lower().strip() for word in words), key


def _overlap(one: Attribution) -> bool:
    """Whether the cue is the content itself."""
    return (one.cue.start, one.cue.end) == (one.content.start, one.content.end)


def test_a_description_is_named_by_its_own_words_and_its_state(reader: Reader) -> None:
    text = "Spain will give Ukraine ten howitzers from the depots of its own army, the government announced on Monday."
    record = reader.read_text(text, plain=True).records[0]
    assert [(a.text, a.name, a.country) for a in record.attribution] == [("the government", "the government (Spain)", "ESP")]
