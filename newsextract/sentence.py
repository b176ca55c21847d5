"""Sentence bounds by rule: a line first, then the stops inside it. No third-party library."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial

from newsextract.letters import UPPER
from newsextract.model import Span
from newsextract.vocabulary import alternation, word_set

_listed = partial(word_set, "sentence")
_new = tuple.__new__  # Span(…) takes twice the time
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_OPENERS = "“\"‘'([{«"
_CLOSERS = "”\"’')\\]}»"
_VOWELS = frozenset("aeiouyăâêôơư")
_ROMAN = frozenset("ivxlc")
_DASHES = frozenset("-–—")
# Signs that end a clause just before its stop: "5%.Trong", "(xã).Ngày".
_HALVES = frozenset('%)”"’')
# A word of an abbreviation is short: looking back further would make hostile text quadratic.
_REACH = 24


@cache
def _stop() -> re.Pattern[str]:
    # It begins with one set of characters, so that the search runs at the speed of a scan; the
    # empty group marks the end of the stop, and is unset at a line break.
    return re.compile(
        rf"[.?!…{_BREAKS}](?:(?<=[.?!…])(?<![.?!…][.?!…])[.?!…]*+[{_CLOSERS}]*+()"
        rf"(?:\s++|\Z|(?=[{UPPER}“‘(]))|(?<=[{_BREAKS}])\s*+)"
    )


@cache
def _byline() -> re.Pattern[str]:
    """An author glued to the last sentence: ``mắc bệnh.Q.NGỌC``."""
    return re.compile(rf"[{UPPER}]\.[{UPPER}]{{2,20}}+\b")


@cache
def _marker() -> re.Pattern[str]:
    """A number or letter that heads a line: ``1``, ``2.1``, ``a``, ``IV``, ``Điều 5``."""
    heads = alternation(_listed("head"))
    return re.compile(
        rf"(?:[-–•*+]\s*)?(?:(?:{heads}\s+)?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,6}})|[A-Za-zđĐ])",
        re.IGNORECASE,
    )


def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` in order, without the white space around them.

    A line break always ends a sentence. Offsets are characters of ``text``; linear time.
    """
    spans: list[Span] = []
    size = len(text)
    start = size - len(text.lstrip())
    for found in _stop().finditer(text, start):
        at, following = found.span()
        end = found.end(1)
        if end < 0:
            end = start + len(text[start:at].rstrip())
        elif following < size and not _ends(text, start, (at, end, following)):
            continue
        if end == following and (back := _opening_quote(text, start, end)):
            end = following = back
        if end > start:
            spans.append(_new(Span, (start, end)))
        start = following
    end = start + len(text[start:].rstrip())
    if end > start:
        spans.append(Span(start, end))
    return tuple(spans)


def _opening_quote(text: str, start: int, end: int) -> int:
    """Where ``xong."Tôi`` parts: a straight quote with no mate before it opens. Else 0."""
    if text[end - 1] == '"' and text.count('"', start, end) % 2:
        return end - 1
    return 0


def _ends(text: str, start: int, stop_at: tuple[int, int, int]) -> bool:
    """Whether a stop ends the sentence that began at ``start``; text follows it.

    ``stop_at`` is where the stop begins, where it ends, and where the blanks after it end.
    """
    at, after, following = stop_at
    if after == following:
        return _ends_unspaced(text, start, at, following)
    char = text[following]
    if following - at == 2 and char.isupper() and text[at - 1].isalpha() and text[after] == " ":
        return text[at] != "." or not _abbreviates(text, start, at, following)  # most are such
    gap = text[after:following]
    if gap != " " and any(b in gap for b in _BREAKS):
        return True
    stop = text[at:after]
    if char in ",;:)%/]}”’»" or text[at - 1 : at] in ("(", "["):
        return False
    if char.islower():
        return stop == "." and _runs_on(text, start, at, following)
    trails = stop[0] == "…" or stop[:2] == ".."
    if trails and char in _OPENERS and text[following + 1 : following + 2].islower():
        return False
    if char in _DASHES and not _dash_opens(text, following, stop):
        return False
    return stop[0] != "." or stop[1:2] == "." or not _abbreviates(text, start, at, following)


def _runs_on(text: str, start: int, at: int, following: int) -> bool:
    """Whether a sentence ends though the next was begun in lower case: ``về nhà. tôi đã``."""
    last = _token(text, start, at)
    word = re.compile(r"\w+").match(text, following, following + _REACH)
    return (
        len(last) > 1
        and last.isalpha()
        and last.islower()
        and last not in _listed("abbreviation")
        and not _VOWELS.isdisjoint(unicodedata.normalize("NFD", last))
        and word is not None
        and word[0] not in _listed("joiner")
    )


def _dash_opens(text: str, dash: int, stop: str) -> bool:
    """Whether the dash begins a new utterance, and not "…?” - ông Nam hỏi"."""
    said = stop[-1] in "”\"’'»"
    next_char = text[dash + 1 : dash + 24].lstrip()[:1]
    return not said and not next_char.islower()


def _ends_unspaced(text: str, start: int, at: int, following: int) -> bool:
    """Whether a stop with no space after it ends a sentence: ``liệt sĩ.Ngày`` does."""
    stop = text[at:following]
    before, char = text[at - 1 : at], text[following]
    if char in "“‘(":
        return before.islower() or before.isdigit() or len(stop) > 1
    if before.islower() and _byline().match(text, following):
        return len(_token(text, start, at)) > 1
    word = re.compile(r"\w+").match(text, following, following + _REACH)
    if word is None or not (before.islower() or before.isdigit() or before in _HALVES):
        return _shouted(text, start, at, following)
    if word[0].lower() in _listed("domain") or not word[0][1:2].islower():
        return len(word[0]) == 1 and text[following + 1 : following + 2] == " "
    return stop[0] != "." or not _holds(text, start, at)


def _holds(text: str, start: int, at: int) -> bool:
    """Whether the stop at ``at``, with no space after it, stands inside a name or an address."""
    token = _token(text, start, at)
    if "/" not in token and ("@" in token or "www" in token):
        return token.rpartition(".")[2] not in _listed("domain")
    return (
        len(token) < 2
        or any(sign in token for sign in ("@", "/", "www"))
        or token.lower().rpartition(".")[2] in _listed("abbreviation")
        or (at - start <= _REACH and _marker().fullmatch(text, start, at) is not None)
    )


def _shouted(text: str, start: int, at: int, following: int) -> bool:
    """Whether ``UBND.Trong`` parts: capitals long enough not to be a title or initials."""
    token = _token(text, start, at)
    return (
        len(token) >= 4
        and token.isalpha()
        and token.lower() not in _listed("abbreviation")
        and text[following : following + 1].isupper()
        and text[following + 1 : following + 2].islower()
    )


def _token(text: str, start: int, at: int) -> str:
    """The word that ends at ``at``, without what opens before it."""
    lowest = max(start, at - _REACH)
    return text[lowest:at].rsplit(None, 1)[-1].lstrip(_OPENERS + "-–,;:") if at > lowest else ""


def _abbreviates(text: str, start: int, at: int, following: int) -> bool:
    """Whether the full stop at ``at`` only shortens a word or numbers a list."""
    if at - start <= _REACH and _marker().fullmatch(text, start, at):
        return True
    blank = text.rfind(" ", max(start, at - _REACH), at)
    last = text[blank + 1 : at] if blank >= 0 else ""
    if len(last) > 1 and last[-1] not in _ROMAN and last.isalpha() and last.islower():
        # Most sentences end so. In lower case only what cannot be a word ("tp") is shortened.
        return _VOWELS.isdisjoint(last) and last in _listed("abbreviation")
    token = _token(text, start, at)
    before = text[max(start, at - len(token) - 2) : at - len(token)]
    if before in (": ", "; ") and _marker().fullmatch(token):
        return True
    part = token.rpartition(".")[2]
    if not part or part[-1].isdigit() or token.lower() == "v.v":
        return False
    if len(part) == 1 and part.isupper():
        return not _opens(text, following)
    known = _listed("abbreviation")
    # In lower case only what cannot be a word ("tp", "tr"): "ăn no." ends a sentence.
    spoken = part.islower() and not _VOWELS.isdisjoint(part)
    return not spoken and (token.lower() in known or part.lower() in known)


def _opens(text: str, at: int) -> bool:
    """Whether the word at ``at`` begins a sentence rather than goes on with a name."""
    word = re.compile(r"\w+").match(text, at, at + _REACH)
    return word is not None and word[0].lower() in _listed("opener") and word[0][:1].isupper()
