"""What the head of a page claims its title to be, and what names only the site."""

from __future__ import annotations

import re

from newsextract.clues import fold, is_noise
from newsextract.dates import is_date_alone

_OFFICE = (
    r"(?:tỉnh|huyện|xã|phường|thị|thành|tp|quận|sở|bộ|ban|ubnd|ủy|uỷ|hội|trường|phòng|cục|chi)"
)
_NOT_TITLES = re.compile(
    r"(?:(?:trang |cổng |website |hệ thống )?(?:thông tin|giao tiếp)(?: tổng hợp)? điện tử|"
    r"(?:trang|cổng|website)(?: thông)? tin(?: tổng hợp)?(?: điện tử)?|"
    r"tttđt|cttđt)"
    rf"(?: {_OFFICE}(?: \w+){{0,4}})?|website {_OFFICE}(?: \w+){{0,6}}|"
    r"ubnd (?:xã|phường|huyện|tỉnh|thành phố|tp|thị trấn|thị xã)(?: \w+){1,3}|"
    r"home(?:page)?|trang chủ(?: .*)?|print(?: (?:page|preview|version|view))?|(?:xem )?bản in|"
    r"(?:phiên bản|bản|trang|xem trang) (?:để )?in|in (?:trang|tin|bài)(?: (?:này|viết|tin))?|"
    r"b[aá]o (?:\w+ ){1,3}(?:dien tu|online)|"
    r"báo (?:điện tử \w+(?: \w+){0,2}|\w+(?: \w+){0,2} (?:điện tử|online))|"
    r"tin tức(?: sự kiện)?|untitled(?: .*)?|default|index|detail|"
    r"chi tiết(?: (?:tin|bài viết|tin tức))?|"
    r"portal|news|tin chi tiết|xem tin|bài viết|thông báo|nội dung"
)
_CERTAIN = 7.0  # agreement with all that a claim says of the title
_HOME = frozenset(("home", "homepage", "home page", "trang chủ", "trang tin điện tử", "trang tin"))
_SEPARATOR = re.compile(r"\s+(?:[|»·•–—-]|::|&raquo;)\s")
_SITE_TAIL = re.compile(r"\s+(?:[|»·•–—-]|::|&raquo;)\s+[^|»·•–—]{2,60}$")


def is_site(folded: str, names: frozenset[str]) -> bool:
    """Whether a line names the site, by one of ``names`` or as sites are called, or is empty."""
    return not folded or folded in names or bool(_NOT_TITLES.fullmatch(folded))


def is_home(text: str) -> bool:
    """Whether a title is a front page's: ``"Trang chủ - Sở Y tế"``, but no path that ends there."""
    parts = [fold(part) in _HOME for part in re.split(r"\s[|»·•–—:-]+\s", text)]
    return parts[0] or (any(parts) and len(parts) <= 2)


def stated_title(claims: list[tuple[str, str]], names: frozenset[str]) -> str | None:
    """A title only the head states, without the site's name behind it."""
    for _, text in claims:
        while True:
            cut = _SITE_TAIL.sub("", text)
            if cut == text or len(cut) < 15:
                break
            text = cut
        if not is_site(fold(text), names):
            return text
    return None


def without_site(titles: list[str], names: frozenset[str]) -> list[str]:
    """What is left of ``titles`` that open with the site's name: ``"Mực Tím: Phà Vàm Cống"``."""
    # Some pages call the article's title the site's name.
    site = names.difference(map(fold, titles))
    parted = (re.split(r"(?:\s[|»·•–—-]|:)\s+", title, maxsplit=1) for title in titles)
    return [parts[1] for parts in parted if len(parts) > 1 and fold(parts[0]) in site]


def is_glued(printed: str, claimed: str) -> bool:
    """Whether the title is ``claimed`` with a label stuck to it: ``"Tin trong tỉnhKhởi công…"``."""
    at = printed.find(claimed)
    if at < 0 or len(claimed) < 15:
        return False
    around = printed[at - 1 : at] + printed[at + len(claimed) : at + len(claimed) + 1]
    return around.isalnum()


# What pages set before or behind a title, in an element of its own.
_BADGE = (
    r"(?:tin |bài )?(?:nổi bật|mới(?: nhất)?|nóng|hot|new|vip)|featured|độc quyền|trực tiếp|"
    r"live|video|clip|ảnh|photo|infographic|e-?magazine|mega ?story|long ?form|podcast|premium|"
    r"hội viên|dành cho hội viên|(?:chỉnh )?sửa(?: bài)?|edit|đang cập nhật|sponsored|quảng cáo|pr"
)
_BADGED = re.compile(rf"\W*(?:{_BADGE})\W*", re.IGNORECASE)
_BADGE_WORDS = 6  # of a badge, a control or a day at most


def without_badge(printed: str, claims: list[tuple[str, str]]) -> str:
    """A title without a badge, a button or a day that no claim has: ``"Người gom ván cổ Mới"``."""
    whole, words = agreement(fold(printed), claims), printed.split()
    if whole >= _CERTAIN:
        return printed
    for cut in range(1, min(_BADGE_WORDS, len(words) - 2) + 1):
        for title, badge in ((words[:-cut], words[-cut:]), (words[cut:], words[:cut])):
            text = " ".join(title)
            if _is_badge(" ".join(badge)) and agreement(fold(text), claims) >= _CERTAIN:
                return text
    return printed


def _is_badge(text: str) -> bool:
    return bool(_BADGED.fullmatch(text)) or is_noise(text.strip("[]()")) or is_date_alone(text)


def agreement(folded: str, claims: list[tuple[str, str]]) -> float:
    """How much a line, ``folded``, is like one of ``claims`` (each folded, and as stated)."""
    if not folded:
        return 0.0
    best = 0.0
    for claim, text in claims:
        if claim == folded:
            best = max(best, 8.0)
        elif len(folded) >= 12 and claim.startswith(folded):
            best = max(best, 7.0 if len(folded) > 0.3 * len(claim) else 3.0)
        # A line may be a claim with a label, but no sentence that names the site.
        elif len(folded) >= 20 and (
            folded in claim or (2 * len(claim) >= max(40, len(folded)) and claim in folded)
        ):
            best = max(best, 5.0)
        elif len(folded) < 12 and claim.startswith(folded):
            best = max(best, 4.0 if fold(_SEPARATOR.split(text)[0]) == folded else 0.0)
    return best
