"""Officials: heads, places against persons, lists, and what no text may do to the reader."""

from __future__ import annotations

from random import Random

import pytest
from growth import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.facts.official import KIND
from newsextract.spelling import toned
from newsextract.titles import titles
from newsextract.vocabulary import vocabulary


def officials(text: str) -> list[nx.Fact[nx.Official]]:
    return list(nx.extract(text, kinds=(KIND,)))


def said(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.value.name, f.value.titles) for f in officials(text)]


POSTS = [p for p in vocabulary("titles")["post"] if p == p.lower()]
RANKS = [*vocabulary("ranks")["military"], *vocabulary("ranks")["religious"]]


@pytest.mark.parametrize("post", POSTS)
def test_every_post_before_and_after_a_name(post: str):
    first = post[0].upper() + post[1:]
    assert said(f"Sáng qua, {first} Nguyễn Văn Tám cho biết.") == [("Nguyễn Văn Tám", (first,))]
    assert said(f"ông Nguyễn Văn Tám, {post}, cho biết.") == [("Nguyễn Văn Tám", (post,))]


@pytest.mark.parametrize("rank", [r for r in RANKS if r == r.lower()])
def test_every_rank_is_a_title(rank: str):
    for form in {rank, rank.capitalize(), rank.title()}:
        for spelt in toned([form]):
            assert said(f"{spelt} Lò Văn Panh tới.") == [("Lò Văn Panh", (spelt,))]


ACADEMIC = [a for a in vocabulary("ranks")["academic"] if a == a.lower()]


@pytest.mark.parametrize("rank", ACADEMIC)
def test_no_academic_rank_is_a_post(rank: str):
    assert said(f"Theo {rank} Nguyễn Văn Tám, giống này tốt.") == []
    with_post = f"Theo {rank} Nguyễn Văn Tám, Giám đốc Sở Y tế, giống này tốt."
    assert said(with_post) == [("Nguyễn Văn Tám", (rank, "Giám đốc Sở Y tế"))]


PROVINCES = [p for p in vocabulary("places")["province"] if p.istitle() and " " in p]


@pytest.mark.parametrize("province", PROVINCES)
def test_a_province_is_no_person(province: str):
    title = f"Chủ tịch UBND tỉnh {province}"
    assert said(f"{title} yêu cầu các sở báo cáo.") == []
    assert said(f"{title} Đặng Quốc Thịnh yêu cầu.") == [("Đặng Quốc Thịnh", (title,))]


DISTRICTS = [d for d in vocabulary("places")["district"] if d.istitle()]


@pytest.mark.parametrize("district", DISTRICTS)
def test_a_district_is_no_person(district: str):
    title = f"Bí thư Huyện ủy {district}"
    assert said(f"{title} Trần Thị Mai nói.") == [("Trần Thị Mai", (title,))]
    title = f"Chủ tịch UBND huyện {district}"
    assert said(f"{title} cho biết.") == []


HOLDERS = ("Trần Thị Thu Hà", "Mai Văn Sơn", "Cao Xuân Thắng", "Giàng A Chu", "Đinh Công Sứ")


def test_a_commune_is_no_person():
    for i, commune in enumerate(vocabulary("communes")["commune"]):
        holder, title = HOLDERS[i % len(HOLDERS)], f"Chủ tịch UBND xã {commune}"
        assert said(f"{title} {holder} cho biết.") == [(holder, (title,))]


NAMESAKES = [n for n in vocabulary("places")["namesake"] if n != "Hồ Chí Minh"]


@pytest.mark.parametrize("person", NAMESAKES)
def test_a_school_or_ward_named_after_a_person(person: str):
    assert said(f"Hiệu trưởng Trường THPT {person} nhận lỗi.") == []
    ward = f"Chủ tịch UBND phường {person}"
    assert said(f"{ward} Phạm Văn Nam nhận lỗi.") == [("Phạm Văn Nam", (ward,))]


SURNAMES = [
    n
    for section in vocabulary("surnames")
    if section != "whole"
    for n in vocabulary("surnames")[section]
    if n not in ("Ông", "Bà")
]


@pytest.mark.parametrize("surname", SURNAMES)
def test_every_family_name(surname: str):
    name = f"{surname} Văn Tám"
    assert said(f"Bộ trưởng {name} nói.") == [(name, ("Bộ trưởng",))]
    assert said(f"đồng chí {name}, Bí thư Tỉnh ủy, nói.") == [(name, ("Bí thư Tỉnh ủy",))]


ENDS = [
    ("Chủ tịch UBND tỉnh", ", dự"),
    ("Phó Trưởng Ban Tuyên giáo Tỉnh ủy", " phát biểu"),
    ("Trưởng Công an huyện Kiến Xương", " đã"),
    ("Giám đốc Sở Thông tin - truyền thông", " nhấn mạnh"),
    ("Chủ tịch Hội Nông dân xã Tân Lập", " và ông Ba"),
    ("Phó Giám đốc Sở Giáo dục và Đào tạo (GD&ĐT) TPHCM", " trao quà"),
    ("Trưởng Ban Quản lý rừng phòng hộ Sông Đà", " cho hay"),
    ("Bí thư Huyện ủy", " - người đầu tiên"),
    ("Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy Sơn La", ": Tôi"),
    ("Ủy viên Ban Thường vụ Thành ủy", "; các sở"),
    ("đại biểu Quốc hội khóa XIV", " sẽ"),
    ("Trưởng phòng Tài chính - Kế hoạch huyện", " lý giải"),
    ("Giám đốc Công ty TNHH MTV Cấp nước Bến Tre", " thừa nhận"),
    ("Chi cục trưởng Chi cục Phát triển nông thôn", " báo cáo"),
]


@pytest.mark.parametrize(("title", "after"), ENDS)
def test_where_a_title_ends(title: str, after: str):
    (fact,) = officials(f"Sáng qua, bà Lê Thị Lan, {title}{after} tại hội trường.")
    assert fact.value == nx.Official("Lê Thị Lan", (title,), "bà")
    assert fact.text == f"bà Lê Thị Lan, {title}"


SAINTS = vocabulary("saints")["saint"]


@pytest.mark.parametrize("saint", SAINTS)
def test_every_baptismal_name_is_part_of_the_name(saint: str):
    name = f"{saint} Trần Văn Tám"
    assert said(f"Linh mục {name} tới dự.") == [(name, ("Linh mục",))]
    assert said(f"Gặp {name}, Giám mục Giáo phận Huế.") == [(name, ("Giám mục Giáo phận Huế",))]
    assert said(f"ông {name}, Trưởng ban Hành giáo, nói.") == [(name, ("Trưởng ban Hành giáo",))]


ROW = [
    ("Trần Văn Tám", "Bí thư Đảng ủy xã"),
    ("Lê Thị Lan", "Phó Chủ tịch UBND xã"),
    ("Đỗ Quang Huy", "Trưởng Công an xã"),
]
MARKS = (" – ", " - ", ", ", ": ", " (", " ")


@pytest.mark.parametrize("joint", ["; ", ", ", " và "])
@pytest.mark.parametrize("mark", MARKS)
def test_a_row_of_names_with_their_titles(mark: str, joint: str):
    close = ")" if "(" in mark else ""
    end = "." if joint == "; " or ":" not in mark else ";"
    items = [f"ông {name}{mark}{title}{close}" for name, title in ROW]
    if ":" in mark and joint != "; ":
        return  # no one writes so
    wanted = [(name, (title,)) for name, title in ROW]
    assert said(f"Dự có {joint.join(items)}{end}") == wanted
    capital = [f"Ông {name}{mark}{title}{close}" for name, title in ROW]
    assert said(f"Dự có {joint.join(capital)}{end}") == wanted


@pytest.mark.parametrize("joint", ["; ", " và "])
@pytest.mark.parametrize("mark", [", ông ", " - ông ", " ", " là ông "])
def test_a_row_of_titles_with_their_names(mark: str, joint: str):
    row = joint.join(f"{title}{mark}{name}" for name, title in ROW)
    assert said(f"Dự có {row}.") == [(name, (title,)) for name, title in ROW]


UNREAD = ["người con của làng", "thân nhân liệt sĩ", "khách quý", "nhân sĩ có uy tín"]


@pytest.mark.parametrize("mark", [" – ", ", "])
@pytest.mark.parametrize("apposition", UNREAD)
def test_a_title_behind_what_cannot_be_read_is_never_the_next_names(apposition: str, mark: str):
    (first, title), (second, other) = ROW[:2]
    text = f"Dự có ông {first}{mark}{apposition}{mark}{title}, bà {second}{mark}{other}."
    assert [t for n, t in said(text) if n == second] == [(other,)]
    assert all(t == (title,) for n, t in said(text) if n == first)


@pytest.mark.parametrize(
    "title",
    [
        "Giám đốc Công ty Thành Công",
        "Giám đốc Công ty Minh Hoàng",
        "Giám đốc Công ty TNHH Hoàng Vũ",
        "Chủ tịch UBND xã Phan Thanh",
        "Chủ tịch UBND xã Hồ Đắc Kiện",
        "Trưởng thôn Đoàn Kết",
    ],
)
def test_a_family_name_inside_the_name_of_a_body_or_place(title: str):
    assert said(f"{title} Nguyễn Văn Tám nói.") == [("Nguyễn Văn Tám", (title,))]


def test_a_person_may_bear_two_family_names():
    title = "Giám đốc Sở Y tế"
    assert said(f"{title} Trần Lê Văn Tám nói.") == [("Trần Lê Văn Tám", (title,))]


@pytest.mark.parametrize(
    "area", [", huyện Vũ Thư, tỉnh Thái Bình", ", quận 1, TP.HCM", " (quận 1)"]
)
def test_the_areas_above_a_place_may_stand_before_the_person(area: str):
    title = "Chủ tịch UBND xã Tân Lập"
    assert said(f"{title}{area}, ông Hà Văn Tám nói.") == [("Hà Văn Tám", (title,))]
    assert said(f"Bà Lê Thị Lan, {title}{area}, ông Hà Văn Tám nói.") == [("Lê Thị Lan", (title,))]


def test_the_honorific_of_a_list_is_not_the_first_persons():
    (fact,) = officials("Dự có các đồng chí: Lê Thị Lan, Bí thư Tỉnh ủy.")
    assert (fact.text, fact.value.honorific) == ("Lê Thị Lan, Bí thư Tỉnh ủy", None)


def test_titles_in_the_lines_below_a_name_are_the_persons_but_not_in_the_text():
    facts = officials("Đ/c Lê Thị Lan\nTỉnh ủy viên\nBí thư Huyện ủy, Chủ tịch HĐND huyện\nHết")
    assert [(f.text, f.rule) for f in facts] == [("Đ/c Lê Thị Lan", "profile")]
    posts = ("Tỉnh ủy viên", "Bí thư Huyện ủy", "Chủ tịch HĐND huyện")
    assert facts[0].value == nx.Official("Lê Thị Lan", posts, "Đ/c")


NO_PROFILES = [
    "Hà Văn Long\nChủ tịch UBND tỉnh nói.",
    "Theo ông Hà Văn Long\nChủ tịch UBND tỉnh",
    "Hà Văn Long\n\nChủ tịch UBND tỉnh",
    "Chủ tịch UBND tỉnh\nHà Văn Long",
    "Bí thư Tỉnh ủy\nHà Văn Long\nPhó Bí thư Tỉnh ủy\nTrần Thị Lan",
    "Hà Văn Long\nGiáo sư",
]


@pytest.mark.parametrize("text", NO_PROFILES)
def test_no_profile(text: str):
    assert said(text) == []


def test_no_title_and_no_name_crosses_a_line():
    assert said("Giám đốc Sở\nNguyễn Văn Tám") == []
    assert said("ông Nguyễn Văn Tám,\nGiám đốc Sở") == []
    assert said("Giám đốc Sở Y tế\nTrần Văn An - Giám đốc Sở Xây dựng") == [
        ("Trần Văn An", ("Giám đốc Sở Xây dựng",))
    ]


def test_a_letter_that_grows_in_lower_case_moves_nothing():
    (fact,) = officials("İİİ đồng chí Lê Thị Lan, Bí thư Tỉnh ủy")
    assert fact.text == "đồng chí Lê Thị Lan, Bí thư Tỉnh ủy"


BLANKS = [" ", "  ", "\xa0", " \xa0", "\t", "   "]
TITLED = [
    "ông Trần Văn Tám - Thành viên phụ trách hoạt động của Hội",
    "ông Trần Văn Tám, Phó Giám đốc phụ trách Sở Y tế và các ông",
    "ông Trần Văn Tám, Chi cục trưởng thuộc Sở Y tế tại các xã",
    "Phó Chủ tịch UBND tỉnh phụ trách kinh tế Trần Văn Tám tới",
    "Linh mục Giuse Trần Văn Tám, Chánh xứ Giáo xứ An Phú và bà con",
]


@settings(deadline=None, max_examples=120)
@given(st.sampled_from(TITLED), st.randoms(use_true_random=False))
def test_no_span_ends_in_a_blank(text: str, random: Random):
    spaced = "".join(random.choice(BLANKS) if c == " " else c for c in text)
    for fact in officials(spaced):
        assert fact.text == fact.text.strip()
        assert spaced[fact.start : fact.end] == fact.text
        assert all(t == " ".join(t.split()) for t in (fact.value.name, *fact.value.titles))


PIECES = [
    "đồng chí", "ông", "Nguyễn Văn Tám", "Lê Thị Lan", "K'Thanh", "Hà Nội", "Kim Sơn", ", ", " - ",
    "; ", ": ", "(", ")", "\n", "và", "kiêm", "Chủ tịch", "Phó Giám đốc", "Sở Y tế", "UBND", "xã",
    "huyện", "Trường THPT", "của", "nguyên", "Đại tá", "TS", "gồm các", "là", "năm 2019", "số 7",
    "Chiều nay", "Hồ Chí Minh", "cán bộ", "7", "A", "Đ.", ".", "  ",
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " "]))
def test_glued_pieces_keep_their_places(pieces: list[str], glue: str):
    text = glue.join(pieces)
    end = 0
    for title in titles(text):
        assert end <= title.start < title.head <= title.end <= len(text)
        end = title.end
    for fact in officials(text):
        value = fact.value
        assert text[fact.start : fact.end] == fact.text
        assert "\n" not in fact.text
        assert value.name
        assert value.titles
        assert " ".join(value.name.split()) in " ".join(fact.text.split())
        for part in (value.name, *value.titles):
            assert part == " ".join(part.split())
            assert not part.endswith((",", "-", "–", ";", ":", "("))


HOSTILE = {
    "posts": "Giám đốc ",
    "chain": "Giám đốc, ",
    "prefixes": "nguyên ",
    "bodies": "Giám đốc Sở Sở Sở và ",
    "lists": "các Giám đốc: Nguyễn An, ",
    "people": "ông Nguyễn Văn An, Giám đốc Sở, ",
    "brackets": "Giám đốc (",
    "capitals": "Trưởng ban Aaa ",
    "levels": "Chủ tịch UBND tỉnh ",
    "blanks": "Giám đốc" + " " * 50,
    "lives": "ông Nguyễn Văn An, sinh năm 1970, quê Hà Nam, trú tại xã A, huyện B, ",
    "life brackets": "An (SN 1970, trú tại xã A; quê B; nguyên Giám đốc ",
    "pairs": "các ông Nguyễn Văn An và Lê Thị Lan, Phó Giám đốc và ",
    "profiles": "Đ/c Nguyễn Văn An\nGiám đốc\n",
    "title lines": "Đ/c Nguyễn Văn An\n" + "Giám đốc\n" * 40,
    "rows": "1 | Nguyễn Văn An | Giám đốc | ",
    "charged": "Giám đốc phụ trách a a a a a a a ",
    "boards": "Trưởng Ban Chỉ đạo về phòng về kiêm Ban ",
    "touching": "ông Nguyễn Văn An Giám đốc Sở Y tế ",
    "colons": "- Ông Nguyễn Văn An: Giám đốc Sở Y tế, ",
    "headed": "nguyên Bí thư: Nguyễn Văn An, Lê Thị Lan, ",
    "items": "nguyên Bí thư Nguyễn Văn An, Lê Thị Lan, ",
    "parts": "Trưởng khoa Khoa Luật, Kinh tế, Tài chính và ",
    "brackets between": "ông Nguyễn Văn An, Giám đốc Sở (Hà Nam), ",
    "owners": "Giám đốc của Công ty của ",
    "seats": "Giám đốc Công ty An Bình tại TP. ",
    "saints": "Giám mục Gioan Maria Giuse ",
    "loose rows": "ông An – nhân sĩ – Trưởng ban, Ông ",
    "superiors": "Bí thư Chi bộ, Đảng bộ xã, Ban Dân vận, ",
    "semicolons": "Ông Trần An, Giám đốc Sở; Giám đốc Sở; ",
    "plurals": "các Phó Giám đốc Trần Văn An, Lê Thị Lan và ",
    "provinces": "Trụ trì chùa An - Hà Nội - Hà Nội ",
}


def spent(text: str) -> float:
    return seconds(lambda: officials(text))


@pytest.mark.parametrize("family", HOSTILE)
def test_time_grows_in_line(family: str):
    piece = HOSTILE[family]
    small, large = (spent(piece * (n // len(piece))) for n in (8_000, 64_000))
    assert large < 32 * max(small, 0.002)  # eight times the text; squared would be 64


def test_a_long_row_of_bodies_above_bodies_is_read():
    assert officials("Giám đốc " + "của tỉnh " * 2_000) == []


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str):
    for fact in officials(text):
        assert text[fact.start : fact.end] == fact.text


ENTRIES = (
    "Trưởng ban: Lê Văn Bảy{} Phó trưởng ban: Trần Thị Tám.",
    "Trưởng ban: ông Lê Văn Bảy{} Phó trưởng ban: bà Trần Thị Tám.",
)


@pytest.mark.parametrize("mark", [",", ";", " -", " –"])
@pytest.mark.parametrize("text", ENTRIES)
def test_a_post_with_a_colon_is_of_the_name_behind_it(text: str, mark: str):
    both = [("Lê Văn Bảy", ("Trưởng ban",)), ("Trần Thị Tám", ("Phó trưởng ban",))]
    assert said(text.format(mark)) == both
