"""What a site says to its readers beside the text: to read on elsewhere, pay, rate, listen; counts.

The words are in ``data/boilerplate.txt``; here is how they are put together.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from newsextract.headdates import AGE
from newsextract.vocabulary import alternation, vocabulary

_SEND = (
    r"(?:mọi )?(?:thông tin|tin|bài|thư|ý kiến|phản hồi|thắc mắc|góp ý|phản ánh)[\w,. -]{0,60} "
    r"(?:xin|vui lòng|đề nghị) (?:được )?(?:gửi|liên hệ)(?: về| tới| đến| qua| với)? "
    r"(?:địa chỉ|hộp thư|hòm thư|e-?mail|t[oò][aà] soạn|toà soạn|ban biên tập|báo)"
)
_MEMBER = r"(?:hội viên|thành viên|thuê bao|tài khoản)"
_REST = (
    r"(?:đọc|xem)(?: tiếp|(?: toàn bộ| toàn văn| trọn(?: vẹn)?| hết| đầy đủ)?(?: nội dung)? "
    r"(?:(?:các )?bài (?:này|viết|báo)|nội dung (?:này|đầy đủ)))"
)
_READ_SO_FAR = (
    r"bạn (?:(?:vừa|mới|đã|đang|chỉ|được) )*(?:đọc|xem|còn)(?: được| hết)? "
    r"\d+(?:\s*[%/]\s*\d*| \d+)? (?:bài|nội dung|lượt|tin)(?! (?:hát|thơ|thi|toán|thuốc|tập|học))"
)
_SUBSCRIBE = rf"(?:đăng k[yýíi]|đăng nhập|nâng cấp|mua|gia hạn|trở thành {_MEMBER})"
_ASK = r"(?:hãy|vui lòng|xin|mời|bạn cần|quý vị cần)"
_PAY = "|".join(
    (
        rf"(?:{_ASK} )*{_SUBSCRIBE}[^.!?]{{0,60}} để (?:tiếp tục )?{_REST}",
        rf"(?:để|muốn) (?:tiếp tục )?{_REST}[^.!?]{{0,40}}(?:{_ASK}|đăng k[yýí])",
        rf"(?:bạn |quý vị )?(?:đã|chưa) (?:là|có) {_MEMBER}(?: chưa)?\?\s*(?:{_ASK} )?(?:đăng|$)",
        _READ_SO_FAR,
    )
)
_LETTER = (
    r"(?:(?:đăng k[yýí]|để) )?nhận [^.!?]{0,60}(?:hộp thư|hòm thư|e-?mail) (?:của )?(?:bạn|quý)"
)
_COOKIES = (
    r"(?:chúng tôi|(?:trang|website|trang web|cổng thông tin|báo)(?: điện tử)?(?: này)?)"
    r" (?:có |đang )?(?:sử dụng|dùng) (?:các )?(?:tệp )?cookies?"
)
_ONLINE = (
    r"(?:thành viên )?đang (?:xem|trực tuyến|online|truy cập)[^.,:]{0,20}:\s*\d|"
    r"hiện (?:đang )?có:?(?: tất cả)? \d[\d.]* (?:người|khách|thành viên|bạn đọc)[^.,]{0,40}"
    r"(?:online|trực tuyến|đang xem|đang truy cập)|"
    r"số người (?:đang )?(?:online|trực tuyến) nhiều nhất"
)


def is_appeal(text: str) -> bool:
    """Whether a line of one or two sentences asks its reader for something."""
    first = _WORD.search(text)  # most lines differ in it
    return (
        first is not None
        and first[0].lower() in _first_words()
        and _appeal().match(text) is not None
    )


_WORD = re.compile(r"\w+")


@cache
def _first_words() -> frozenset[str]:
    """The first words of all that ``_appeal`` matches."""
    listed = {entry.split()[0].lower() for entry in vocabulary("boilerplate")["appeal"]}
    return frozenset(listed | set(_FIRST.split()))


_FIRST = (
    "trân kính xin mời mọi thông tin bài thư ý phản thắc góp hãy vui bạn quý đăng nâng mua gia trở "
    "để muốn đã chưa thành đang hiện số nhận chúng trang "
    "website cổng báo"
)


@cache
def _appeal() -> re.Pattern[str]:
    words = vocabulary("boilerplate")
    # One list, as "bạn đọc" says whom in "mời bạn đọc xem", and half of it in "mời bạn đọc thêm".
    invites = alternation(map(" ".join, product(words["invited"], words["invited to"])))
    forms = (
        alternation(words["appeal"]),
        rf"(?:trân trọng |kính |xin )*mời {invites}",
        _SEND,
    )
    return re.compile(
        rf"\W*(?:(?:{'|'.join(forms)})(?!\w)|{_PAY}|{_LETTER}|{_COOKIES}|{_ONLINE})", re.IGNORECASE
    )


def read_so_far() -> str:
    """The pattern of a folded line that says how much a reader had, and opens the offers to pay."""
    only = r"(?:nội dung|bài viết|bài|tin|chuyên mục)(?: này)?(?: chỉ)? dành (?:riêng )?cho"
    return rf"{_READ_SO_FAR}[\w ]{{0,40}}|(?:{only}|dành (?:riêng )?cho) {_MEMBER}[\w ]{{0,20}}"


LISTENING = (
    r"(?:(?:bấm|nhấn|click)(?: vào đây)? (?:để )?)?(?:nghe|tải|xem|download)(?: về| lại)?"
    r"(?: file| tệp)? (?:âm thanh|audio|mp3|podcast|bản tin|bài viết|bài báo|bài này|phóng sự|"
    r"chương trình|video|clip|tại đây)(?: (?:tại|ở|dưới) (?:đây|đó))?(?: \d{1,2} \d\d)?"
)
"""A folded line that leads to sound or moving pictures: ``"nghe âm thanh tại đây"``."""


@cache
def controls() -> re.Pattern[str]:
    """Counts of readers, ratings, ages, and buttons in a row, folded: ``"1 203 lượt xem"``."""
    words = vocabulary("boilerplate")
    what, button = alternation(words["counted"]), alternation(words["button"])
    rated = (
        r"(?:đánh giá|trung bình|xếp hạng|user rating|rating|rated?)(?: [^\W\d]+){0,3}"
        r" \d+(?: (?:\d+|trên|tổng số|out|of|from|based|on)){1,9} "
        r"(?:phiếu|lượt|votes?|ratings?|reviews?|bình chọn|đánh giá)"
    )
    ago = (
        r"(?:(?:đã )?(?:cập nhật|đăng|xuất bản)(?: tải)?(?: lần cuối| lúc| cách đây)? )?"
        rf"(?:khoảng |hơn )?{AGE}(?: đây)?"
    )
    seen = r"(?:trang|bài(?: viết)?|tin) này (?:đã )?được (?:đọc|xem)(?: \d+)+ (?:lần|lượt)"
    long = r"(?:thời gian đọc|đọc trong)(?: khoảng)? \d+ phút|\d+ phút đọc|\d+ min(?:ute)?s? read"
    return re.compile(
        rf"(?:trung bình )?\d+(?: \d+)* {what}|(?:xếp hạng|đã xem|đọc)(?: \d+)+(?: {what}| lần)?|"
        rf"theo dõi [\w ]{{2,40}} trên(?: {button}(?: news)?)?|{rated}|{ago}|{long}|{seen}|"
        rf"{button}(?: {button}){{1,8}}(?: \d+)?|a(?: a){{1,4}}"
    )
