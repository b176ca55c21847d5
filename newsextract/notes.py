"""What is said of a person between the name and the post: age, origin, home, "hiện là"."""

from __future__ import annotations

from newsextract.letters import BLANK, BLANKS, END, GAP, UPPER

_PLAIN = (
    rf"(?:[^(),;.\n]|\.(?!{BLANKS}[{UPPER}\n])|(?<=\bT[PXT])\.|(?<=\b[HPQX])\.)"  # "H.Bình Chánh"
)
_AREA = (
    rf",{BLANKS}(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|TP|tỉnh|thôn|bản|ấp|xóm|khu phố"
    rf"|đường|tổ){END}{_PLAIN}{{1,40}}"
)
LIFE = (
    rf"(?:\d\d{BLANKS}tuổi|(?:19|20)\d\d|(?:[Ss]inh|SN|S\.N){END}[^(),;\n]{{1,40}}"
    rf"|(?:[Dd]ân tộc|[Tt]ôn giáo|[Qq]uê|[Tt]rú|[Tt]hường trú|[Tt]ạm trú|[Cc]ư trú|[Nn]gụ"
    rf"|[Tt]rình độ|HKTT|[Hh]ộ khẩu|[Nn]guyên quán){END}{_PLAIN}{{1,60}}(?:{_AREA}){{0,4}}"
    rf"|[Nn]gười{GAP}(?:dân tộc{GAP}|gốc{GAP})?(?=[{UPPER}]){_PLAIN}{{1,30}}"
    rf"|(?:[Đđ]ảng viên|[Tt]hương binh){END}[^(),;\n]{{0,40}}(?:{BLANK}\([^()\n]{{1,40}}\))?)"
)
"""Age, birth, origin, home, schooling, membership: what stands between a name and its post."""
_BORN = rf"{GAP}(?=sinh{GAP}(?:năm|ngày|tháng){END})"
NOTE = (
    rf"(?:{BLANKS}\([^()\n]{{1,60}}\))?+"
    rf"(?P<life>(?:{_BORN}|,{BLANKS}){LIFE}(?:[,;]{BLANKS}{LIFE}){{0,3}}+)?+"
)
"""What may stand after a name before the mark: a year of birth in brackets, an age, a home."""

_NOW = rf"(?:hiện{GAP}(?:nay{GAP})?|nay{GAP})?(?:đang{GAP})?"
_POST = (
    rf"(?:là|giữ chức(?:{GAP}vụ)?|giữ cương vị|chức vụ|chức danh"
    rf"|với{GAP}(?:cương vị|tư cách|vai trò)(?:{GAP}là)?)(?::?{GAP}|:)"
)
_PAST = rf"(?:(?:khi|lúc){GAP}(?:đó|ấy|này|bấy{GAP}giờ|còn)|trước(?:{GAP}(?:đây|đó))?)"
_DOES = rf"(?:là|làm|giữ chức(?:{GAP}vụ)?){GAP}"
_PLACE = (
    rf"(?:giữ|đảm nhiệm|đảm nhận){GAP}(?:(?:chức vụ|cương vị|vị trí|vai trò|trọng trách){GAP})?"
)
_WAS = (
    rf"(?:{_PAST}{GAP}(?:(?:đang|còn){GAP})?|(?:hiện{GAP}(?:nay{GAP})?)?đang{GAP}){_DOES}"
    rf"|(?:hiện{GAP}(?:nay{GAP})?(?:đang{GAP})?|đang{GAP}){_PLACE}"
)
HOLDS = rf"(?:{_NOW}{_POST}|(?:{_WAS}))"
"""Now or then, and "là" or a verb of holding, before a post: "hiện là", "khi đó giữ chức"."""
