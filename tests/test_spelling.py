"""The spellings of a word: all that are taught, and nothing that is another word."""

from __future__ import annotations

import pytest

from newsextract.spelling import cases, spellings, toned

# A word and its spellings, those of its tone first.
SPELLINGS = [
    ("ủy ban", "ủy ban, uỷ ban", "ủy ban, uỷ ban"),
    ("Ủy ban", "Ủy ban, Uỷ ban", "Ủy ban, Uỷ ban"),
    ("kỹ sư hóa", "kỹ sư hóa, kỹ sư hoá", "kỹ sư hóa, kỹ sư hoá, kĩ sư hóa, kĩ sư hoá"),
    ("hòa, thủy", "hòa, thủy; hoà, thủy; hòa, thuỷ; hoà, thuỷ", ""),
    ("quý khách", "qúy khách, quý khách", "qúy khách, quý khách"),
    ("bác sĩ", "bác sĩ", "bác sĩ, bác sỹ"),
    ("bí thư chi bộ", "bí thư chi bộ", "bí thư chi bộ"),  # a vowel with others has one spelling
    ("toàn quy hoạch", "toàn quy hoạch", "toàn quy hoạch"),  # so has one before a consonant
    ("tỷ lệ mỹ", "tỷ lệ mỹ", ""),
]


def listed(words: str) -> set[str]:
    return set(words.split("; " if ";" in words else ", "))


@pytest.mark.parametrize(("word", "by_tone", "every"), SPELLINGS)
def test_a_word_has_every_spelling(word: str, by_tone: str, every: str):
    assert set(toned([word])) == listed(by_tone)
    if every:
        assert set(spellings([word])) == listed(every)
    assert set(toned([word])) <= set(spellings([word]))


CASES = [
    ("bí thư", "bí thư, Bí thư, BÍ THƯ, Bí Thư, bí Thư"),
    ("ông", "ông, Ông, ÔNG"),
    ("UBND", "UBND"),
]


@pytest.mark.parametrize(("word", "forms"), CASES)
def test_a_word_has_every_case(word: str, forms: str):
    assert cases([word]) == listed(forms)
