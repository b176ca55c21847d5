"""Who issued a document, as the reference names it: "của Bộ trưởng Bộ Y tế"."""

from __future__ import annotations

import re
from functools import cache

from newsextract.bodies import Body
from newsextract.communes import COMMUNES, commune_ends
from newsextract.families import person_at
from newsextract.letters import BLANK, BLANKS, END, LETTER, LOWER, UPPER
from newsextract.phrases import BODY, LEVEL, NAMED, OPEN, next_phrase, sections_at
from newsextract.reach import LOCAL
from newsextract.spelling import toned
from newsextract.vocabulary import alternation, vocabulary, word_set


@cache
def _words() -> dict[str, list[str]]:
    """The sections of ``data/issuers.txt`` with both places of a tone: "Tỉnh ủy", "Tỉnh uỷ"."""
    return {section: toned(entries) for section, entries in vocabulary("issuers").items()}


@cache
def _head() -> re.Pattern[str]:
    words = _words()
    names = [*words["body"], *words["post"]]
    # A common noun in lower case is a body only where a proper name follows ("bộ Tài chính").
    common = alternation(w.lower() for w in names if " " not in w)
    return re.compile(
        rf"(?:(?P<post>(?i:{alternation(words['post'])}){END})"
        rf"|(?i:{alternation(w for w in names if ' ' in w)}){END}|{alternation(names)}{END}"
        rf"|{common}{END}(?={BLANK}+[{UPPER}])"
        rf"|(?P<place>{alternation(words['place'])}{END})"
        # Letters of a body unknown here: "của UBDT"; before a name they are a post's ("của HLV A").
        rf"|[{UPPER}]{{3,8}}+(?:&[{UPPER}]{{1,5}}+)?+{END}(?!\.?{BLANKS}[{UPPER}]))"
    )


@cache
def _more() -> re.Pattern[str]:
    words, types = _words(), vocabulary("documents")
    opening = {*words["opener"], *types["noun"], *types["verb"], *types["strict"]}
    names = {w for name in ("word", "body", "post") for w in words[name]}
    fixed = alternation(set(words["word"]) - opening)
    fields = rf"(?=[{UPPER}])(?i:{alternation(_fields() - opening)})"
    bodies = alternation([*words["body"], *words["post"]])
    common = alternation(w.lower() for w in words["part"] if " " not in w)
    followers = alternation(types["follower"])
    lower = alternation({w.lower() for w in names | _fields() if " " in w} - set(words["level"]))
    mixed = rf"[{UPPER}]{{2,}}+-[{UPPER}][{LOWER}][{LETTER}]*{END}"  # "TT-Huế"
    plain = rf"[{UPPER}](?:[{UPPER}]*[0-9]*(?:[-&,][{UPPER}]+)*{END}(?!['’])|[{LETTER}’']*{END})"
    highland = rf"[{UPPER}][{LOWER}]?['’]{BLANK}[{UPPER}][{LETTER}]*{END}"  # "Đạ K' Nàng"
    proper = rf"(?:{mixed}|{highland}|{plain})"
    ward = rf"(?i:quận|phường|khu vực){BLANK}+[0-9]{{1,2}}(?![0-9/%-]|[.,][0-9]){END}"
    return re.compile(
        rf"{BLANK}++(?:(?P<known>(?:{fields}|{fixed}){END}|{common}{END}(?={BLANK}+[{UPPER}]))"
        rf"|(?P<ward>{ward})"
        rf"|(?!{alternation(opening)}{END})(?:(?P<body>{bodies}{END})|(?P<lower>{lower}{END})"
        rf"|(?P<level>{alternation(words['level'])}{END}|(?:(?:TP|TX|Tp){END}|T\.Ư)\.?)"
        rf"|(?P<proper>{proper})|(?P<joint>[&–-](?={BLANK}+[{UPPER}]))"
        rf"|(?P<number>[0-9]{{1,3}}(?![0-9/%-]|[.,][0-9])"
        rf"(?={BLANKS}(?:[,;.()]|\Z|[Kk]h[oó]|{followers}{END})))))"
    )


def _fields() -> set[str]:
    """The fields of ministries in every way their dash and "và" are printed."""
    found = set(_words()["field"])
    for one, other in (
        (", ", " - "),
        (" - ", " – "),
        (" - ", "-"),
        (" - ", ", "),
        (" và ", " & "),
        (" và ", " "),
    ):
        found |= {w.replace(one, other) for w in found}
    return found


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"(?i:{alternation(_words()['part'])})")


@cache
def _after() -> re.Pattern[str]:
    followers = alternation(vocabulary("documents")["follower"])
    return re.compile(rf"{BLANK}++(?!{followers}{END})[{LETTER}]*(?<=[^\W{UPPER}])")


def read_issuer(text: str, at: int) -> tuple[str, int] | None:
    """The issuer named at ``at`` and where the name ends; None where no body or post stands.

    A post with a person's name ("của Thủ tướng Nguyễn …") is an official's mention and is left to
    it. Where the grammar of bodies reads further than the one of issuers, the whole body stands.
    """
    found, whole = _listed(text, at), _whole(text, at)
    end = found[1] if found else at
    if whole > end and _is_further(text, at, end, whole):
        end = whole
    return (" ".join(text[at:end].split()), end) if end > at else None


def _is_further(text: str, at: int, end: int, whole: int) -> bool:
    """Whether a body that reaches to ``whole`` is no verb more than what ends at ``end``.

    It then ends with capitals or a level ("Phòng Quản lý | đô thị thành phố"), or ``end`` stands
    inside a word ("Ngân hàng Chính sách | xã hội"), or before all of it, which ends with one.
    """
    *_, before, last = ["", *text[at:whole].split()]
    if last[0].isupper():
        lone = not before[:1].isupper()
        # Not "HĐND tỉnh Ban | hành", "Chính phủ và Điều | 5".
        return not (lone and (before == "và" or _after().match(text, whole)))
    if _ENDS.search(text, at, whole):
        return True
    if end == at and _after().match(text, whole):
        return False
    lower, read = text[at:whole].lower(), (whole if end == at else end) - at
    starts = [m.start() for m in re.finditer(BLANK, lower[:read])][-_WORDS:]
    least = read + (end > at)
    return any(next_phrase(lower, i)[1] >= least and sections_at(lower, i) for i in starts)


_ENDS = re.compile(rf"{BLANK}(?:{'|'.join(sorted(LOCAL))}|quốc gia|nhà nước|trung ương)\Z")
_WORDS = 3  # with which, of what has been read, a known phrase may begin


def _whole(text: str, at: int) -> int:
    """Where the body that opens at ``at`` ends; ``at`` where none is known to open there."""
    ahead = " " + _behind().split(text[at : at + _LONGEST], maxsplit=1)[0]
    lower = ahead.lower()
    if not ahead[1:2].isupper() or len(lower) != len(ahead):
        return at
    post = _post().match(ahead, 1)
    opens = post.end() if post else 0
    if not sections_at(lower, opens) & (BODY | OPEN | NAMED | LEVEL):
        return at
    for comma in _COMMA.finditer(lower):  # "của Cục Quản lý Dược, Bộ Y tế": the department's alone
        if sections_at(lower, comma.end()) & (BODY | OPEN | NAMED):
            ahead, lower = ahead[: comma.start()], lower[: comma.start()]
            break
    body = Body(ahead, lower, opens, lower[1:opens])
    if body.end == opens or (post and person_at(ahead, body.end)):
        return at
    return at + body.end - 1 - (ahead[body.end - 1] == ".")


_COMMA = re.compile(rf",(?={BLANK})")


@cache
def _post() -> re.Pattern[str]:
    return re.compile(rf"(?i:{alternation(_words()['post'])}){END}")


@cache
def _behind() -> re.Pattern[str]:
    """What ends a body's name: a line, a subject, a term, a year, the next document."""
    types = vocabulary("documents")
    names = alternation([*types["noun"], *types["verb"], *types["strict"]])
    return re.compile(
        rf"\n|{BLANK}+(?:(?:về|tại|năm|số|khóa|khoá|nhiệm{BLANK}+kỳ|và{BLANK}+{names}){END}"
        rf"|{names}{END})"
    )


def _listed(text: str, at: int) -> tuple[str, int] | None:
    """The issuer by ``data/issuers.txt``.

    A name that breaks off inside a word of two syllables is cut back to what is sure.
    """
    if open_head := _open_head().match(text, at):
        return _open_body(text, at, open_head.end())
    head = _head().match(text, at)
    if head is None:
        return None
    parts = [("place" if head["place"] else "head", head.start(), head.end())]
    while more := _more().match(text, parts[-1][2]):
        kind, before = more.lastgroup or "", text[parts[-1][1] : parts[-1][2]]
        if kind == "joint" and parts[-1][0] not in ("proper", "known", "body"):
            break
        if kind == "lower" and parts[-1][0] != "lower" and not _part().fullmatch(before):
            break
        parts.append((kind, more.start(kind), more.end(kind)))
        if kind == "level" and (commune := _commune(text, parts[-1][2])):
            parts.append(("known", parts[-1][2] + 1, commune))
    parts = _sure(text, parts)
    person = _person(text, parts, post=bool(head["post"]))
    if not parts or (person and head["post"]):
        return None
    end = (parts[:person] if person else parts)[-1][2]
    end -= text[end - 1] == "."
    board = _OF_PARLIAMENT.match(text, end) if "ban" in text[at : at + 6] else None
    end = board.end() if board else end
    return " ".join(text[at:end].split()), end


def _commune(text: str, at: int) -> int | None:
    """Where the commune ends whose level ends at ``at``."""
    behind_level = text[max(0, at - len(" thị trấn")) : at].lower().endswith(COMMUNES)
    return next(commune_ends(text, at), None) if behind_level else None


_OF_PARLIAMENT = re.compile(rf"{BLANK}+của{BLANK}+Quốc{BLANK}+hội{END}")


@cache
def _open_head() -> re.Pattern[str]:
    return re.compile(rf"(?i:{alternation(_words()['open'])}){END}")


def _open_body(text: str, at: int, end: int) -> tuple[str, int]:
    """A body whose name goes on in lower-case words: "Tổ công tác cải cách hành chính"."""
    ahead = " " + _BEHIND_NAME.split(text[at : end + _LONGEST], maxsplit=1)[0]
    lower = ahead.lower()
    if len(lower) == len(ahead):
        end = at + Body(ahead, lower, end - at + 1, lower[1 : end - at + 1]).end - 1
    return " ".join(text[at:end].split()), end


_LONGEST = 120  # characters, of a body's name
_BEHIND_NAME = re.compile(rf"\n| về |{BLANK}+năm{BLANK}+(?=(?:19|20)[0-9]{{2}}(?![0-9]))")
"""What ends the name of such a body: a line, a subject, the year of the document."""


def _sure(text: str, parts: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The parts without a last syllable that is the first half of a word unknown here."""
    kind, start, end = parts[-1]
    if _part().fullmatch(text, start, end) and _after().match(text, end):
        return []
    lone = kind == "proper" and parts[-2][0] != "proper" and not text[start:end].isupper()
    if lone and _after().match(text, end):
        parts = parts[:-1]
        if len(parts) == 1 and parts[0][0] != "place":
            return []
        if _part().fullmatch(text, *parts[-1][1:]):
            return []  # "Ban Thường trực Ban …": the rest is not known
    while len(parts) > 1 and parts[-1][0] == "joint":
        parts = parts[:-1]
    return parts


def _person(text: str, parts: list[tuple[str, int, int]], *, post: bool) -> int:
    """The index of the part with which a person's name begins, 0 where there is none."""
    for i in range(1, len(parts) - 1):
        least = 2 if post and i == 1 else 3
        named = all(kind == "proper" for kind, _, _ in parts[i : i + least])
        if (
            named
            and len(parts) >= i + least
            and parts[i - 1][0] != "level"
            and text[parts[i][1] : parts[i][2]] in word_set("surnames", "kinh")
        ):
            return i
    return 0
