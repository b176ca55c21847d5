"""Who wrote an article and whence it was taken, from the short line that says so.

A line is read only where all of it is names, labels and remarks: ``"Tin, ảnh: P.Y"``,
``"Hà Thu (tổng hợp)"``, ``"Theo Báo Nhân Dân"``. A name no label stands before (``bare``) needs a
reader who knows that the line stands where names stand. Words are data: ``data/bylines.txt``.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from newsextract.bylineforms import forms, is_employer, without_degrees
from newsextract.writers import (
    CAPITAL,
    JOIN,
    NAME,
    PRESS,
    are_people,
    are_written_out,
    has_place,
    has_surname,
    parted,
    pattern,
    stands_before,
)


class Byline(NamedTuple):
    """What one line states: the writers as printed, the medium it was taken from, or both.

    Neither, where the line names those who edited, translated or designed.
    """

    author: str | None
    source: str | None = None


_PARTING = re.compile(rf"\s*[/|(,–]\s*|\s*-\s+|\s+-|\s+(?={PRESS}\b)")
_ADDRESS = re.compile(r"\s*[(–-]?\s*(?:\S+@\S+\.\w+|(?<!\d)0\d[\d. ]{7,11}(?!\d))\s*\)?")
_OPEN_END = re.compile(r"(?: (?:vào|lúc|ngày|hồi|on|at|in)){1,3}$")  # the hour has its own line
_SPOKEN = re.compile(r"(Tác giả|TÁC GIẢ|Người viết),\s+(?=\S)")  # as read aloud for the blind
_CLOCK_BEHIND = re.compile(r"\s+(?:vào\s)?(?:lúc|at)\s+\d\d?[:h]\d\d$", re.IGNORECASE)
# Labels that open no heading: "TIN NÓNG" is none, "PV HỒNG HẠNH" a byline.
_CLEAR = re.compile(r"ảnh|bởi|by|author|phóng viên|của|PV|P\.V|P/V|CTV", re.IGNORECASE)


def read_byline(text: str, *, bare: bool = False) -> Byline | None:
    """What the line ``text`` (one line, NFC) states, or None where it is anything else.

    ``bare`` also reads names without a label; ask for it only where a byline is expected.
    """
    patterns = forms()
    if "@" in text or "0" in text:
        text = _ADDRESS.sub("", text)
    line = text.strip(" \t()[]*-–—•|.,;:/\"'")
    if ":" in line and line[-1:].isdigit():
        line = _CLOCK_BEHIND.sub("", line)
    if not 1 < len(line) <= 120 and not (bare and line):
        return None
    line = _SPOKEN.sub(r"\1: ", _OPEN_END.sub("", line))
    if patterns["credit"].fullmatch(line):
        return Byline(None)
    if patterns["photo"].match(line):
        return None
    if match := patterns["source"].fullmatch(line):
        return _read_source(match["rest"].strip(" :"))
    if (label := patterns["label"].match(line)) and (found := _labelled(line, label.end())):
        clear = ":" in label[0] or _CLEAR.search(label[0])
        return found if clear or not found.author or _are_surely_names(found.author) else None
    return _bare(without_degrees(line)) if bare else None


def _labelled(line: str, start: int) -> Byline | None:
    """What stands behind a label that ends at ``start``: people, with their office or source."""
    patterns = forms()
    rest = without_degrees(line[start:])
    if (match := patterns["named"].fullmatch(rest)) and are_people(match["names"]):
        return Byline(match["names"].strip(), match["from"])
    match = patterns["office"].fullmatch(line)
    if match and not pattern("house").match(match[1]):
        return Byline(match[1].strip())
    for cut in patterns["behind"].finditer(rest):
        source = patterns["source"].fullmatch(rest.rstrip(" )"), cut.end())
        names = rest[: cut.start()].strip()
        if source and patterns["names"].fullmatch(names) and are_people(names):
            found = _read_source(source["rest"])
            return Byline(names, found.source if found else None)
    if found := _with_office(rest):
        return found
    match = patterns["aside"].fullmatch(f"{rest})" if rest.count("(") > rest.count(")") else rest)
    return Byline(match["names"]) if match and are_people(match["names"]) else None


def _are_surely_names(names: str) -> bool:
    """Whether what stands behind a label without a mark is names: initials, or with surnames."""
    return "." in names or all(map(has_surname, parted(names)))


def _bare(line: str) -> Byline | None:
    """What a line says that opens with a name."""
    patterns = forms()
    if found := _with_office(line):
        return found
    match = patterns["named"].fullmatch(line)
    if match and are_people(match["names"], bare=True):
        return Byline(match["names"].strip(), match["from"])
    return None


def _with_office(line: str) -> Byline | None:
    """Names with the medium or office they write for: ``"Hải Yến/VOV.VN"``, ``"Lê Na (CTV)"``."""
    patterns = forms()
    for cut in islice(_PARTING.finditer(line), 8):
        names, office = line[: cut.start()], line[cut.end() :].rstrip(" )")
        dashed = cut[0].strip() in ("-", "–")
        if dashed and stands_before(names) and are_written_out(office) and not has_place(office):
            return Byline(office)  # "Tổ Truyền thông - Ngọc Diễm", "Cần Thơ - Hữu Tín"
        if not patterns["names"].fullmatch(names) or re.search(r"[()]", office):
            continue
        source = patterns["source"].fullmatch(office)
        if source and ("(" in cut[0] or is_employer(source["rest"])):
            return Byline(names, source["rest"]) if are_people(names, bare=True) else None
        if is_employer(office, certain="(" in cut[0]) and are_people(names, bare=True):
            return Byline(names, office)
    return None


_MEDIUM_START = re.compile(
    rf"{CAPITAL}|[\d\"“]|https?:|www\.|(?:[\w-]+\.)+(?:vn|com|net|org)|"
    rf"(?:báo|đài|tạp chí|trang|website|cổng|web)(?: điện tử)? {CAPITAL}"
)


def _read_source(rest: str) -> Byline | None:
    """Behind "Theo": a medium, or a person with the medium in brackets or behind a dash."""
    if not _MEDIUM_START.match(rest) or len(rest.split()) > 12:
        return None
    person = re.fullmatch(
        rf"({NAME}(?:{JOIN}{NAME})*?)\s*(?:[(/|]\s*|\s[-–]\s|,\s)([^()]+)\)?", rest
    )
    if person and are_people(person[1]):
        medium = person[2].strip()
        if "," not in rest or is_employer(medium):
            return Byline(person[1], medium)
    if re.search(r"[.!?,]\s+[^\W\d_]", rest):
        return None
    return Byline(None, rest)
