"""What is said of a number: gần, trên, khoảng, ít nhất … before it, trở lên, có lẻ after it."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

from newsextract.letters import BLANK, LOWER
from newsextract.model import Qualifier
from newsextract.vocabulary import vocabulary, whole_words

_BREAKS = ".,;:!?…()[]{}“”\"‘’'|/*\n"
_SAID: tuple[Qualifier, ...] = ("about", "nearly", "under", "over", "at_least", "at_most")
_REACH = 40  # characters before a number in which its qualifier and label may stand
_WISHES = frozenset("mong mơ ao nguyện điều hiệp hương công giao quy khế".split())
"""With "ước" these are words of their own: wishes, treaties, rules."""
_USUAL = 24  # characters that two words and the blanks around them seldom exceed
_KEPT = 2  # words before a number that labels and days are told by


Words = tuple[str, ...]
"""The up to two words of the clause before a number, lower-case."""

Before = tuple[int, Qualifier, Words]
"""What stands before a number: where it begins with its qualifier, which one, and the words before
that."""


def before(text: str, number: tuple[int, int], near: Words | None, *, ranged: bool) -> Before:
    """What is said before the number at ``text[number[0]:number[1]]``.

    ``near`` are its ``words_before``. The longest qualifier right before the number wins. "từ"
    belongs to a range. Where "so với" stands before or behind, "cao hơn" and its like tell a
    difference, and the number is exact; so does "nhiều hơn" that opens its clause.
    """
    first, end = number
    if near is not None and not (
        near and (near[-1] in _last_words() or (ranged and near[-1] == "từ"))
    ):
        return first, "exact", near
    words = _clause(text[first - _REACH if first > _REACH else 0 : first].lower())
    start = first
    if ranged and words and words[-1] == "từ":
        start = _back(text, start, words.pop())
    qualifier: Qualifier = "exact"
    size, found = _longest(words) if words and words[-1] in _last_words() else (0, None)
    if found and words[-1] == ">" and _is_quoted(text, start):
        found = None
    if found and words[-size] == "ước" and not _WISHES.isdisjoint(words[-size - 1 : -size]):
        found = None  # "theo hiệp ước giảm 5%"
    if found and words[-2:] == ["ít", "nhất"] and _is_against_most(text, start, end):
        found = None  # "hộ ít nhất 3 sào, hộ nhiều nhất 1 mẫu"
    if found and not (size == 2 and _difference(text, words, start, end)):
        qualifier = found
        for _ in range(size):
            start = _back(text, start, words.pop())
    return start, qualifier, tuple(words[-_KEPT:])


def closing(text: str, at: int) -> tuple[Qualifier | None, int]:
    """The qualifier that follows a unit ending at ``at`` (trở lên, có lẻ), and where it ends."""
    m = _closing_pattern().match(text, at)
    if m is None:
        return None, at
    return _closing_words()[" ".join(m["said"].split())], m.end()


def words_before(text: str, at: int) -> Words | None:
    """The up to two words of the clause before ``at`` in the usual case, else None.

    That is where single spaces part them, so a first word shows that a space stands before ``at``;
    ``before`` reads every case, in four times the time.
    """
    if not at or text[at - 1] in _BREAKS:
        return ()
    if text[at - 1] != " ":
        return None
    words = text[max(at - _USUAL, 0) : at - 1].rsplit(" ", 2)
    if len(words) < 3:
        return None
    _, one, two = words
    if not two.isalnum():
        return () if two and two[-1] in _BREAKS else None
    if one.isalnum():
        return one.lower(), two.lower()
    tail = _breaks().split(one)[-1]
    if tail.isalnum():
        return tail.lower(), two.lower()
    return None if tail or not one else (two.lower(),)


def _clause(reach: str) -> list[str]:
    """The last words of ``reach`` that no stop, bracket or line break parts from its end."""
    if "\n" in reach:
        reach = reach[reach.rindex("\n") :]
    words = reach.split()
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        if not word.isalnum() and len(tail := _breaks().split(word)[-1]) < len(word):
            words[i] = tail
            return words[i if tail else i + 1 :]
    return words


def _longest(words: list[str]) -> tuple[int, Qualifier | None]:
    """How many of the last words are a qualifier, and which."""
    known = _qualifiers()
    for size in range(min(_last_words()[words[-1]], len(words)), 0, -1):
        phrase = " ".join(words[-size:]) if size > 1 else words[-1]
        if phrase in known:
            return size, known[phrase]
    return 0, None


def _back(text: str, at: int, word: str) -> int:
    """Where the word that stands right before ``at`` begins."""
    while text[at - 1].isspace():
        at -= 1
    return at - len(word)


def _difference(text: str, words: list[str], start: int, end: int) -> bool:
    """Whether the last two ``words``, before ``start``, compare the number with another."""
    if " ".join(words[-2:]) not in vocabulary("numerals")["compared"]:
        return False
    if len(words) == 2 and words[0] in ("nhiều", "ít"):
        return True  # "102 người, nhiều hơn 81 người", unlike "dài 31 m, cao hơn 10 m"
    clause = _breaks().split(text[max(0, start - _REACH) : start])[-1]
    return "so với" in clause.lower() or _against().match(text, end) is not None


def _is_quoted(text: str, at: int) -> bool:
    """Whether the line of ``at`` opens with ``>``, as quotes and lists of links do."""
    return text[text.rfind("\n", 0, at) + 1 : at - 1].lstrip().startswith(">")


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_BREAKS)}]")


@cache
def _qualifiers() -> MappingProxyType[str, Qualifier | None]:
    """Phrase → qualifier; None for those that end like one and are none."""
    words = vocabulary("numerals")
    said: dict[str, Qualifier | None] = {w: q for q in _SAID for w in words[q]}
    return MappingProxyType(said | dict.fromkeys(words["not qualifiers"]))


@cache
def _last_words() -> MappingProxyType[str, int]:
    """The last word of a qualifier → how many words those that end in it have at most."""
    longest: dict[str, int] = {}
    for phrase in _qualifiers():
        words = phrase.split()
        longest[words[-1]] = max(longest.get(words[-1], 0), len(words))
    return MappingProxyType(longest)


def _is_against_most(text: str, start: int, end: int) -> bool:
    """Whether the sentence says nearby what there is most of, on one side or the other."""
    left = _stops().split(text[max(0, start - _REACH) : start])[-1]
    right = _stops().split(text[end : end + _REACH], maxsplit=1)[0]
    return any(_most().search(side) for side in (left, right))


@cache
def _most() -> re.Pattern[str]:
    return re.compile(r"\b(?:nhiều|cao|lớn|đông) nhất\b")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"[.;!?\n](?!\d)")


@cache
def _against() -> re.Pattern[str]:
    return re.compile(r"[^.;:!?\n]{0,45}?\bso với\b")


@cache
def _closing_words() -> MappingProxyType[str, Qualifier]:
    words = vocabulary("numerals")
    return MappingProxyType({w: q for q in _SAID for w in words.get(f"after {q}", ())})


@cache
def _closing_pattern() -> re.Pattern[str]:
    # "5 người trở lại" is at most five, "1.200 người trở lại xưởng" came back to work.
    back = rf"(?!trở{BLANK}+lại{BLANK}+(?!(?:thì|mới|được|phải|là|sẽ|không|đều|và|hoặc)\b)\w)"
    # What is measured may stand between: "100 gam heroin trở lên".
    word = rf"{BLANK}+(?!(?:và|hoặc|hay|đến|từ|với){BLANK})[{LOWER}]++"
    what = rf"(?:(?:{word}){{1,3}}?(?={BLANK}+trở{BLANK}+(?:lên|xuống)))?"
    return re.compile(rf"{what}{BLANK}+{back}(?P<said>{whole_words(_closing_words())})")
