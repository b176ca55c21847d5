"""The type a document's number belongs to, read back from the number."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import NamedTuple

from newsextract.facts.docnumber import Number, pairs
from newsextract.facts.issuer import read_issuer
from newsextract.letters import BLANK, BLANKS, LETTER, lowered
from newsextract.vocabulary import alternation, vocabulary

_REACH = 130  # characters: the longest title of a law between "Luật" and its number, with room


# "CT6", "TT 1" name buildings and roads; these short forms name nothing but documents.
_GLUED = ("NĐ", "QĐ", "NQ", "TTLT")


class Typed(NamedTuple):
    """A type in canonical case, where it starts, the rule that found it, an issuer on the way."""

    type: str
    start: int
    rule: str
    issuer: str | None


@cache
def cues() -> frozenset[str]:
    """The words that may stand right before a document's number, in lower case."""
    words = vocabulary("documents")
    ends = {
        t.rsplit(" ", 1)[-1].lower() for t in (*words["noun"], *words["verb"], *words["strict"])
    }
    return frozenset({*ends, *(s.lower() for s in pairs("short")), "số", "sổ"})


@cache
def _canonical() -> dict[str, str]:
    words = vocabulary("documents")
    return {t.lower(): t for t in (*words["noun"], *words["verb"], *words["strict"])}


@cache
def _types() -> re.Pattern[str]:
    short = alternation(pairs("short"))
    names = alternation(_canonical())
    glued = alternation(_GLUED)
    # A trie is slow where case is ignored: it is tried where three letters of a type stand.
    begins = alternation(
        "".join(letters)
        for name in _canonical()
        for letters in product(*((c, c.upper()) for c in name[:3]))
    )
    return re.compile(
        rf"[^{LETTER}0-9/-](?P<type>(?={begins})(?<!tiểu )(?i:{names})(?![{LETTER}])"
        rf"|(?P<short>{short}(?={BLANK}(?:\Z|số))|{glued}(?=-?\Z)))"
    )


_SO = (
    rf"(?:(?:mang|có|ký){BLANK}+)?(?:số|sổ)(?:,?{BLANK}+(?:ký{BLANK}+)?hiệu)?{BLANK}*[:.]?{BLANK}*"
)


@cache
def _near() -> re.Pattern[str]:
    short = rf"\((?-i:{alternation(pairs('short'))})\){BLANKS}"  # "Nghị định (NĐ) 67"
    return re.compile(rf"-?{BLANKS}(?:{short})?+[:(]?{BLANKS}(?P<so>{_SO})?", re.IGNORECASE)


@cache
def _far() -> re.Pattern[str]:
    word = rf"(?:[\"“]?[{LETTER}&,–-]+[\"”]?|\([{LETTER}& -]{{1,15}}\))"
    return re.compile(rf"(?P<words>(?:{BLANK}+{word}){{1,12}}?){BLANK}+\(?{_SO}", re.IGNORECASE)


@cache
def _so_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![{LETTER}])số{BLANK}*[:.]?{BLANK}*\Z", re.IGNORECASE)


def read_type(text: str, at: int, number: Number) -> Typed | None:
    """The type of the ``number`` that stands at ``at``; None where no document is named.

    Rules: ``numbered`` (type and "số"), ``plain`` (type and number alone; the caller asks
    ``speaks``), ``described`` (words between type and "số"), ``sign`` (no type but the number's
    own letters).
    """
    reach = max(0, at - _REACH)
    low = max(text.rfind("\n", reach, at), reach - 1)
    window = "\n" + text[low + 1 : at]  # so that every type has a character before it
    types = list(_types().finditer(window))
    for i in range(len(types) - 1, -1, -1):
        named = types[i]
        kind = _canonical_of(named["type"], named["short"], number)
        near = _near().fullmatch(window, named.end())
        if near and named["short"] == "TT" and _is_address(text, number):
            continue
        if near:
            rule = "numbered" if near["so"] or number.signed else "plain"
            named = _head_of(window, types, i, number)
            kind = _canonical_of(named["type"], named["short"], number)
            return Typed(kind, low + named.start("type"), rule, None)
        dated = _dated().match(text, number.end) is not None
        far = _described(window, named.end(), kind, number, dated)
        if far and (len(number.text) > 1 or dated):
            return Typed(kind, low + named.start("type"), "described", far[0] or None)
    inside = window[-1:] in ("/", "-", "–", ".") or window[-1:].isalnum()
    if number.sign and not inside:
        so = _so_before().search(window)
        return Typed(number.sign, low + so.start() if so else at, "sign", None)
    return None


def _is_address(text: str, number: Number) -> bool:
    """Whether a street's name follows a bare number: "TT số 101 Nguyễn Cửu Vân", a centre."""
    street = text[number.end + 1 : number.end + 2].isupper() and not number.signed
    return street and read_issuer(text, number.end + 1) is None


_LAWS = frozenset({"luật", "bộ luật", "pháp lệnh"})


def _head_of(window: str, types: list[re.Match[str]], i: int, number: Number) -> re.Match[str]:
    """The type itself, or the one that it only describes: "Thông báo kết luận số 15-TB/TU"."""
    named = types[i]
    law = types[i - 1]["type"].lower() in _LAWS if i else False
    if law and not window[types[i - 1].end() : named.start("type")].strip():
        return types[i - 1]  # "Luật Quy hoạch"
    sort = " ".join(named["type"].lower().split())
    before = types[i - 1] if i else None
    if before is None or before["short"] or sort not in _section("sort"):
        return named
    kind = _canonical_of(before["type"], None, number)
    told = number.sign == kind or (not number.sign and before["type"][0].isupper())
    touching = not window[before.end() : named.start("type")].strip()
    return before if told and touching else named


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(
        rf"{BLANK}*,?{BLANK}*\(?ngày{BLANK}*[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{4}}"
    )


def _canonical_of(written: str, short: str | None, number: Number) -> str:
    if short:
        return number.sign or pairs("short")[short]
    return _canonical()[" ".join(lowered(written).split())]


def _described(window: str, at: int, kind: str, number: Number, dated: bool) -> tuple[str] | None:
    """The words between a type and "số": an issuer in them, or ("",); None where they cannot be."""
    gap = _far().fullmatch(window, at)
    if gap is None:
        return None
    words = gap["words"]
    agrees = number.sign == kind or (number.signed and not number.sign)
    short = words.count(" ") <= 6 and "," not in words
    named = kind.startswith(("Giấy", "Công", "Bản án")) or _sort().match(words)
    start = at + len(words) - len(words.lstrip())
    of = window.startswith("của ", start)
    issuer = read_issuer(window, start + len("của ") * of)
    if issuer and issuer[1] == at + len(words) and (of or not _sort().match(words)):
        return (issuer[0],)  # "Nghị quyết HĐND tỉnh số 170"
    formal = number.signed or named or dated
    return None if _parting().search(words) or not (agrees or (short and formal)) else ("",)


@cache
def _sort() -> re.Pattern[str]:
    sort = rf"{BLANK}+[\"“]?{alternation(vocabulary('documents')['sort'])}[\"”]?"
    return re.compile(rf"{sort}(?:{sort})?+\Z", re.IGNORECASE)


@cache
def _parting() -> re.Pattern[str]:
    words = alternation(vocabulary("documents")["parting"])
    return re.compile(rf"{BLANK}{words}(?![{LETTER}])")


@cache
def _next_word() -> re.Pattern[str]:
    words = vocabulary("documents")
    followers = alternation(words["follower"])
    counters = alternation(words["counter"])
    return re.compile(
        rf"{BLANKS}(?:(?P<date>(?i:ngày){BLANKS}[0-9])"
        rf"|(?P<year>năm{BLANKS}[0-9]{{4}}(?!{BLANK}?[-–0-9]))"
        rf"|(?P<count>(?i:{counters}))(?![{LETTER}])"
        rf"|(?P<says>[^\s{LETTER}0-9]|\n|\Z|[Kk]h[oó][aá]{BLANK}+[IVX]|{followers}(?![{LETTER}]))|)"
    )


def speaks(text: str, number: Number, before: str) -> bool:
    """Whether the words show that a bare number belongs to the type written ``before`` it.

    "Nghị định 67 quy định" does, "Nghị quyết 6 tháng", "quyết định 3 vấn đề" and "Kế hoạch 2019"
    (a year) do not.
    """
    after = _next_word().match(text, number.end)
    kind = before.strip()
    if kind == "Đề án" and _OF_LEVEL.match(text, number.end - len(number.text)):
        return True
    noun = kind.lower() in _section("noun") or kind in _GLUED
    small = len(number.text) == 1 and not noun
    if after is None or after["count"] or small or _is_year(number.text, kind):
        return False
    if kind.lower() in _section("strict") or (after["year"] and len(number.text) < 2):
        return False
    if noun or after["date"] or after["says"]:
        return True
    if number.text[-1].isalpha():
        return True
    named = kind[:1].isupper() and len(number.text) >= 3
    return named and _counted().match(text, number.end) is None


_OF_LEVEL = re.compile(rf"0\d{BLANK}+(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường)(?![{LETTER}])")
"""A programme's number and whose staff for it: "Tổ công tác Đề án 06 tỉnh"."""


@cache
def _counted() -> re.Pattern[str]:
    nouns = vocabulary("nouns")
    sorts = ("people", "bodies", "places", "matters", "things")
    words = alternation(noun for sort in sorts for noun in nouns[sort])
    return re.compile(rf"{BLANKS}{words}(?![{LETTER}])", re.IGNORECASE)


@cache
def _section(name: str) -> frozenset[str]:
    return frozenset(t.lower() for t in vocabulary("documents")[name])


def _is_year(number: str, kind: str) -> bool:
    dated = not kind.lower().startswith(
        ("quyết định", "công văn", "nghị định", "thông tư", "đề án")
    )
    head = number.partition("-")[0]
    return dated and head.isdigit() and 1990 <= int(head) <= 2050
