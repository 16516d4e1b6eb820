"""Who gets aid that a release announces with what it is made of."""

from __future__ import annotations

from tocsin.reader import Reader

_TITLE = "Statement from the President on Support for Moldova"
_TEXT = (
    "Today, we announced an additional $300 million security assistance package that includes additional rockets for the"
    " air defense system (SAMP/T) and heavy machine guns to help Moldova counter these threats."
)


def test_equipment_that_munitions_are_for_gets_nothing(reader: Reader) -> None:
    text, url = f"{_TITLE}\n\n{_TEXT}", "https://www.whitehouse.gov/x"
    result = reader.read_text(text, title=_TITLE, url=url, published="2024-03-05")
    transfers = [r for r in result.records if r.type == "arms_transfer"]
    assert [[p.country for p in r.roles["recipient"]] for r in transfers] == [["MDA"]]
