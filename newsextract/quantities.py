"""A number together with its unit: what percent, money, measure and count have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from newsextract.amount import Amount
from newsextract.letters import BLANK, LETTER
from newsextract.model import Number, Qualifier
from newsextract.numeral_places import ROUND
from newsextract.numeral_words import FIGURE, HALF, exact, scale_value, written
from newsextract.qualifiers import closing
from newsextract.vocabulary import vocabulary, whole_words, word_set

U = TypeVar("U")
Unit = tuple[U, int]
"""What was found after a number, and where it ends."""


class Quantity(NamedTuple, Generic[U]):
    """``low`` to ``high`` of ``unit`` at ``text[start:end]``.

    ``shared`` says that the unit stands at the next number, not at this one.
    """

    start: int
    end: int
    low: Number
    high: Number
    qualifier: Qualifier
    unit: U
    amount: Amount
    shared: bool = False

    def in_thousands(self) -> tuple[Number, Number]:
        """Its two ends for what has no fractions: ``1,420 người`` groups digits as in English."""
        thousands = self.amount.thousands
        if thousands is None or self.low != self.high:
            return self.low, self.high
        return thousands, thousands


def quantities(
    text: str,
    amounts: Sequence[Amount],
    places: Iterable[int],
    unit_at: Callable[[Amount], Unit[U] | None],
    *,
    lists: bool = False,
) -> Iterator[Quantity[U]]:
    """Every amount whose unit ``unit_at`` finds right after it; ``places`` is where it may.

    A range whose ends both carry the unit ("từ 20% đến 30%") is one quantity; a change ("từ 5
    lên 7 ha") is two, the first with the unit of the second. With ``lists`` so are the numbers of
    a list that names the unit once: "lần lượt là 15.000, 20.000 và 25.000 đồng".
    """
    units = {
        i: unit
        for i in places
        if amounts[i].whole is None and (unit := unit_at(amounts[i])) is not None
    }
    joined = False
    for i, found in units.items():
        amount, following = amounts[i], units.get(i + 1)
        if i and i - 1 not in units and text.endswith(", ", 0, amount.start):
            whole = _whole(text, amounts[i - 1], amount, lists)
            if whole is None:
                continue
            amount = whole
        if i and i - 1 not in units and amounts[i - 1].leans:
            yield _quantity(text, amounts[i - 1], (found[0], amounts[i - 1].end), shared=True)
        if lists and i and i - 1 not in units:
            yield from _listed(text, amounts, i, found)
        if joined:
            joined = False
        elif following is not None and _is_range(text, amount, found, amounts[i + 1]):
            if joined := _same(found[0], following[0]):
                yield _quantity(text, amount._replace(high=amounts[i + 1].high), following)
            else:
                yield _quantity(text, amount, found)
        else:
            yield _quantity(text, amount, found)


def _whole(text: str, first: Amount, rest: Amount, lists: bool) -> Amount | None:
    """``rest``, or the decimal number it ends where a blank stands behind the comma: 211, 15 ha.

    None where it may be one, or the upper end of a guess: lên 4, 5 tỷ USD, sắm 3, 6 lít.
    """
    tail = _TAIL.match(text, rest.start)
    whole = text[first.first : first.end].replace(".", "")
    gap = text[first.end : rest.start]
    scale = scale_value(text[rest.first : rest.end])
    if gap not in (", ", " , ") or tail is None or not whole.isdigit() or not (lists or scale > 1):
        return rest
    said = first.before[-1:] if first.before[-2:] != ("con", "số") else ("là",)
    measured = not word_set("numerals", "measured").isdisjoint(said)
    if gap == ", " and first.qualifier == "exact":
        if not (measured or (len(tail[0]) < len("100") and _counts(text, first))):
            return rest  # "quốc lộ 1, 25 km"
        guess = int(tail[0]) == int(whole) + 1
        if guess or not (measured or tail[0].startswith("0")):
            return None
    value = exact(Decimal(f"{whole}.{tail[0]}") * scale)
    return rest._replace(start=first.start, low=value, high=value, qualifier=first.qualifier)


def _counts(text: str, amount: Amount) -> bool:
    """Whether no word before a small number takes it as its name."""
    if amount.high >= _HUNDRED or not amount.before:
        return False
    line = text[max(0, amount.start - _NEAR) : amount.start].rpartition("\n")[2].split()
    if not (line and line[-1].islower()):
        return False
    labels = word_set("labels", "labels") | word_set("labels", "date before")
    return labels.isdisjoint((line[-1], " ".join(amount.before[-2:])))


_HUNDRED = 100
_TAIL = re.compile(r"\d{1,3}(?![\d.,])")


def _quantity(text: str, amount: Amount, unit: Unit[U], *, shared: bool = False) -> Quantity[U]:
    said, end = (None, unit[1]) if shared else closing(text, unit[1])
    qualifier = said or amount.qualifier
    return Quantity(amount.start, end, amount.low, amount.high, qualifier, unit[0], amount, shared)


def below_zero(text: str, quantity: Quantity[U]) -> tuple[int, Number, Number]:
    """Where the quantity begins with its minus sign or "âm", and its two ends with that sign.

    "âm 2 - 3 độ C" is minus three to minus two, as is "âm từ 2 đến 3 độ C"; "âm 2 đến 3 độ C" and
    "-2 đến 3 độ C" end above zero. "-5 đến -3 độ C" and "âm 5 độ C đến âm 3 độ C" are ranges too.
    """
    start, low, high = quantity.start, quantity.low, quantity.high
    if not text.endswith(("-", "−", "âm "), 0, start):
        return start, low, high
    near = max(0, start - _SIGNED)
    sign = _minus().search(text, near, start)
    if sign is None or _sound().search(text, near, start):
        return start, low, high
    ends = text[start : quantity.amount.end]
    apart = " đến " in ends and not ends.startswith("từ ")
    if low < high and (apart or sign[0] in "-−"):
        return sign.start(), -low, high
    lower = _lower().search(text, max(0, near - _SIGNED), sign.start())
    first = written(lower["low"]) if lower and low == high else None
    if lower and first is not None and first > high:
        return lower.start(), -first, -high
    return sign.start(), -high, -low


_SIGNED = 16  # characters before a number in which its sign stands, with a compound that ends in âm


@cache
def _minus() -> re.Pattern[str]:
    """The sign that ends "xuống -", "(-", ": -", "trưởng âm "; a dash before an item is none."""
    return re.compile(rf"(?:(?<=[\w:,][ ])|(?<=\())[-−]\Z|(?<!\w)âm{BLANK}+\Z")


@cache
def _lower() -> re.Pattern[str]:
    """The lower end of a range of which both ends have a sign, up to the other's sign."""
    sign, unit = r"(?:[-−]|(?<!\w)âm[ ])", r"(?:[ ]?(?:%|°C|độ(?:[ ]C)?))?"
    return re.compile(rf"{sign}(?P<low>{FIGURE}){unit}[ ](?:đến|tới)[ ]\Z")


@cache
def _sound() -> re.Pattern[str]:
    return re.compile(rf"(?i){whole_words(vocabulary('numerals')['sound'])}{BLANK}+\Z")


def _listed(text: str, amounts: Sequence[Amount], i: int, unit: Unit[U]) -> Iterator[Quantity[U]]:
    """The numbers of a list before number ``i``, which alone has the unit.

    They are such where all group their thousands alike or "lần lượt" opens the list; only then is
    a scale word shared too: "lần lượt là 20, 10 và 5 triệu đồng".
    """
    last = amounts[i]
    j = i
    while j and i - j < _LONGEST and _is_listed(text, amounts[j - 1], amounts[j]):
        j -= 1
    if j == i or last.qualifier != "exact" or last.low != last.high:
        return
    scale = scale_value(text[last.first : last.end])
    line = text[max(0, amounts[j].first - _NEAR) : amounts[j].first].rpartition("\n")[2]
    respectively = any(word in line.lower() for word in _RESPECTIVELY)
    grouped = all(_THOUSANDS.fullmatch(text, a.first, a.end) for a in amounts[j : i + 1])
    if not (respectively or grouped):
        return
    for amount in amounts[j:i]:
        value = exact(amount.low * scale)
        one = amount._replace(low=value, high=value)
        yield _quantity(text, one, (unit[0], amount.end), shared=True)


def _is_listed(text: str, amount: Amount, following: Amount) -> bool:
    bare = amount.whole is None and not amount.in_words and not amount.leans
    if not bare or amount.low != amount.high or scale_value(text[amount.first : amount.end]) > 1:
        return False
    return _COMMA.fullmatch(text, amount.end, following.start) is not None


_LONGEST, _NEAR = 12, 60
_RESPECTIVELY = ("lần lượt", "tương ứng", "các mức")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_COMMA = re.compile(rf"[;,]{BLANK}+(?:và{BLANK}+)?|{BLANK}+và{BLANK}+")


def _is_range(text: str, first: Amount, unit: Unit[U], second: Amount) -> bool:
    if not first.low == first.high < second.low == second.high:
        return False
    # "từ 10 tấn đến dưới 18 tấn" is one class, "5 ha, hơn 7 ha" are two figures.
    from_to = first.before[-1:] == ("từ",) and first.qualifier == "exact"
    if second.qualifier != "exact" and not from_to:
        return False
    to = _to().fullmatch(text, unit[1], second.start)
    return to is not None and (second.qualifier == "exact" or to[0].strip() in ("đến", "tới"))


def _same(one: object, other: object) -> bool:
    """Whether both ends of a range have one unit; the second may say more: m3 - m3/ngày."""
    first, second = (u[0] if isinstance(u, tuple) else u for u in (one, other))
    return str(second).startswith(str(first))


@cache
def _to() -> re.Pattern[str]:
    return re.compile(rf"\s?[-–—÷~]\s?|{BLANK}+(?:đến|tới){BLANK}+")


def in_clause(words: Iterable[str], without: str = "") -> re.Pattern[str]:
    """One of the words in the clause that ends where a search ends, ``without`` these signs since.

    For what the clause says of a number behind it; of ``without`` the inside of a class is given.
    """
    return re.compile(rf"(?<!\w)(?i:{whole_words(words)})[^.,;:()\n{without}]*\Z")


@cache
def per_source() -> str:
    """A pattern source for what a quantity is per.

    ``/người/năm``, ``/100 kg``, `` mỗi tháng``, `` một năm``.
    """
    rates = vocabulary("rates")
    known = whole_words({w for name, words in rates.items() if name != "not sold" for w in words})
    word = rf"(?>{known}|(?!(?:tổng|số|cả|toàn|trên)(?![{LETTER}]))[{LETTER}]+[23²³]?)"
    many = rf"(?:{ROUND}{BLANK}?)?"
    past = rf"(?!{BLANK}+(?:trước|sau|qua|nay|tới|{HALF})(?!\w))"
    false = whole_words(rates["not sold"])
    named = whole_words({*rates["time"], *rates["physical"], *rates["sold"]})
    one = rf"một{BLANK}+(?!{false}){named}{past}"
    return rf"(?>(?:{BLANK}?/{BLANK}?{many}{word}){{1,3}}|{BLANK}+(?:mỗi{BLANK}+{word}|{one}))"


def per_text(source: str | None) -> str | None:
    """A match of ``per_source`` as a value: without the first stroke, "mỗi" or "một"."""
    if source is None:
        return None
    words = source.strip().removeprefix("mỗi").removeprefix("một").strip()
    words = re.sub(r"\bm\s+(?=[23]\b)", "m", words)
    return re.sub(r"\s*/\s*(?:1\s*(?=[^\d.,]))?", "/", words).strip("/")
