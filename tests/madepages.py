"""Pages made of three sentences, for tests of what is read off a page."""

from __future__ import annotations

from newsextract.model import Article, Raw
from newsextract.page import read_page

TITLE = "Huyện Phú Tân sơ kết công tác giảm nghèo"
P = "Sáng 4/6, UBND huyện Phú Tân tổ chức hội nghị sơ kết công tác giảm nghèo sáu tháng đầu năm."
Q = "Theo báo cáo, toàn huyện còn 1.204 hộ nghèo, giảm 312 hộ so với cùng kỳ năm ngoái."
R = "Ông Trần Văn Khoa, Phó Chủ tịch UBND huyện, đề nghị các xã rà soát lại danh sách hộ nghèo."
# Links to other articles, as they stand in a menu or below a text.
LIST = (
    "<ul>"
    + "".join(f"<li><a href=/{i}>Bản tin số {i} của tuần</a></li>" for i in range(6))
    + "</ul>"
)


def read(html: str, url: str | None = None) -> Article:
    """The article of a page, as fetched from ``url``."""
    return read_page(html, Raw(b"", url=url))


def dressed(body: str, head: str = "", above: str = "", below: str = "") -> str:
    """A page with ``body`` below its heading, and what else stands around the two."""
    return (
        f"<html><head><title>{TITLE}</title>{head}</head><body>"
        f"{above}<h1>{TITLE}</h1>{body}{below}</body></html>"
    )
