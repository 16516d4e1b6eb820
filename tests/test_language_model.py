"""The kept model of the language classifier says what py3langid itself says."""

from __future__ import annotations

import pytest
from py3langid import classify

from tocsin.reading.language import _classifier

TEXTS = (
    "The minister spoke to the press about the convoy.", "Der Minister sprach mit der Presse über den Konvoi.",
    "Le ministre a parlé du convoi à la presse.", "El ministro habló del convoy con la prensa.",
    "Министр рассказал прессе о колонне.", "部長は報道陣に車列について語った。", "وزیر درباره کاروان سخن گفت", "x",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_kept_model_says_the_same(text: str) -> None:
    kept = _classifier()
    assert kept is not None
    assert kept(text) == classify(text)
