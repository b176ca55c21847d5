"""What the head of a page claims its title to be, and what names only the site."""

from __future__ import annotations

import re
from functools import cache

from newsextract.clues import fold, is_noise
from newsextract.dates import is_date_alone
from newsextract.vocabulary import alternation, vocabulary, word_set

_CERTAIN = 7.0  # agreement with all that a claim says of the title
_SEPARATOR = re.compile(r"\s+(?:[|»·•–—-]|::|&raquo;)\s")
_SITE_TAIL = re.compile(r"\s+(?:[|»·•–—-]|::|&raquo;)\s+[^|»·•–—]{2,60}$")


def is_site(folded: str, names: frozenset[str]) -> bool:
    """Whether a line names the site, by one of ``names`` or as sites are called, or is empty."""
    if not folded or folded in names or folded in word_set("headlines", "no title"):
        return True
    return _site_name().fullmatch(folded) is not None


@cache
def _site_name() -> re.Pattern[str]:
    words = vocabulary("headlines")
    portal, office = alternation(words["portal"]), alternation(words["office"])
    return re.compile(
        rf"{portal}(?: {office}(?: \w+){{0,4}})?|website {office}(?: \w+){{0,6}}|"
        rf"ubnd {alternation(words['level'])}(?: \w+){{1,3}}|(?:trang chủ|untitled)(?: .*)?|"
        r"b[aá]o (?:\w+ ){1,3}(?:dien tu|online)|"
        r"báo (?:điện tử \w+(?: \w+){0,2}|\w+(?: \w+){0,2} (?:điện tử|online))"
    )


def is_home(text: str) -> bool:
    """Whether a title is a front page's: ``"Trang chủ - Sở Y tế"``, but no path that ends there."""
    home = word_set("headlines", "home")
    parts = [fold(part) in home for part in re.split(r"\s[|»·•–—:-]+\s", text)]
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
    return bool(_badge().fullmatch(text)) or is_noise(text.strip("[]()")) or is_date_alone(text)


@cache
def _badge() -> re.Pattern[str]:
    badges = alternation(vocabulary("headlines")["badge"])
    return re.compile(rf"\W*(?:{badges})\W*", re.IGNORECASE)


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
