"""The forms of the line that says who wrote an article, as patterns over ``data/bylines.txt``."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from newsextract.letters import LETTER
from newsextract.vocabulary import alternation, vocabulary
from newsextract.writers import CAPITAL, JOIN, NAME, is_acronym, is_medium, pattern

_JOINTS = ("-", "/", " / ", "+", " + ", " & ", ", ", " - ", " và ")  # of a label of both
_WHOLE = rf"(?![{LETTER}])"
_COLON = r"\s*[:.]?\s*"
_ENGLISH = r"(?:\s*/\s*[A-Z][a-z]+(?: [a-z]+){0,3}(?=\s*:))?+"  # "Tin, ảnh/Text and photos:"


@cache
def forms() -> dict[str, re.Pattern[str]]:
    """Each form of such a line, or of what opens or ends one, by name."""
    degree = rf"{_words('degree')}{_WHOLE}[.,:]?\s?"
    photographed = rf"(?:{_words('photo label')}|{_words('credit label')})"
    photo = rf"(?:\s*[.,;/|(–-]?\s*{photographed}\s*:[^|]*)?"
    name = rf"(?:{_words('desk')}{_WHOLE}|{NAME})"
    names = rf"{name}(?:{JOIN}{name}){{0,5}}"
    from_ = rf"(?:\s+(?:từ|theo)\s+(?P<from>{CAPITAL}[^()]{{1,50}}))?"
    remark = rf"\s*[-–(]\s*{_words('remark')}{from_}\s*\)?|\s+{_words('action')}{_WHOLE}"
    named = rf"(?P<names>{names})(?:{remark})?{photo}"  # behind a label, or bare
    written = {
        "label": rf"{_words('label')}{_WHOLE}{_ENGLISH}{_COLON}",
        "named": named,
        "names": names,
        "aside": rf"(?P<names>{names})\s*\([^()]{{2,60}}\)",
        "degrees": rf"(?:{degree})++(?={CAPITAL})",
        "titled": rf"{degree}(?={CAPITAL})",
        "source": rf"{_words('source label')}{_WHOLE}{_COLON}(?P<rest>\S.{{1,90}})",
        "behind": rf"\s*[-–|;,.(]?\s*(?={_words('source label')})",
        "office": rf"(?:Tác giả|TÁC GIẢ|Người viết|Bài viết)(?: (?:bài(?: viết)?|tin))?\s*:\s*"
        rf"({_words('employer')}{_WHOLE}[^.:;?!()]{{2,60}})",
        "photo": rf"{_words('photo label')}\s*(?::|$)",
        "credit": rf"{_words('credit label')}\s*:\s*{names}{photo}",
    }
    return {form: re.compile(pattern) for form, pattern in written.items()}


def _words(section: str) -> str:
    # Letters without case are a quarter of the pattern that has each case written out.
    words = vocabulary("bylines")
    known = words[section]
    if section == "label":
        made = product(words["text label"], _JOINTS, words["picture label"])
        known += tuple(map("".join, made))
    return f"(?i:{alternation({w.lower() for w in known})})"


def without_degrees(line: str) -> str:
    """A name without the degree or rank before it: ``"ThS. Lê Na"``."""
    match = forms()["degrees"].match(line)
    return line[match.end() :] if match else line


def has_degree(text: str) -> bool:
    """Whether a line opens with a degree or rank: ``"ThS. Lê Na"``, ``"TS, Viện Sử học"``."""
    return bool(forms()["titled"].match(text.strip()))


def is_employer(text: str, *, certain: bool = False) -> bool:
    """Whether what stands behind a name is a medium, an office or a post: ``"(TTXVN)"``.

    ``certain``: it stands in brackets, where letters in capitals are no second writer's.
    """
    if re.search(r"\.(?:vn|com|net|org)$", text, re.IGNORECASE) or is_medium(text):
        return True
    if pattern("employer").match(text):
        return True
    first = re.split(r"[ /.]", text)[0]
    return is_acronym(first) and (certain or len(first) > 4 or " " in text)
