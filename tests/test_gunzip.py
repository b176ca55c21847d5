"""gzip of one member or many: all of it, in bounded steps."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.gunzip import PIECE, STEP, Gunzip, gunzipped

A, B = gzip.compress(b"first ", mtime=0), gzip.compress(b"second", mtime=0)
FORMS = [
    (A, b"first ", True, False),
    (A + B, b"first second", True, False),
    (A + gzip.compress(b"", mtime=0) + B, b"first second", True, False),
    (A + B[:-1], b"first second", False, False),
    (A + B[:15], b"first ", False, False),
    (A + b"\0" * 600, b"first ", True, False),
    (A + b"\0" * 9 + B + b"\0", b"first second", True, False),
    (A + b"<!-- x -->" + B, b"first ", True, True),
    (A + B[:1], b"first ", False, False),
    (A[:6], b"", False, False),
    (b"", b"", False, False),
]


@pytest.mark.parametrize(("packed", "body", "whole", "junk"), FORMS)
def test_every_member_is_unpacked(packed, body, whole, junk):
    found, stream = gunzipped(packed, 1000)
    assert found.startswith(body[:6])
    assert (found if whole else body, stream.whole, stream.junk) == (body, whole, junk)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.binary(max_size=300), min_size=1, max_size=5),
    st.lists(st.integers(1, 40), min_size=1, max_size=20),
)
def test_wherever_the_pieces_are_cut(parts, cuts):
    packed, stream, body = b"".join(map(gzip.compress, parts)), Gunzip(), b""
    while packed:
        for size in cuts:
            body += b"".join(stream.feed(packed[:size]))
            packed = packed[size:]
    assert (body, stream.whole, stream.junk) == (b"".join(parts), True, False)


@pytest.mark.parametrize(("wbits", "pack"), [(47, zlib.compress), (47, gzip.compress)])
def test_zlib_and_gzip_are_told_apart(wbits, pack):
    assert b"".join(Gunzip(wbits).feed(pack(b"page" * 9))) == b"page" * 9


def test_damage_is_raised():
    with pytest.raises(zlib.error):
        gunzipped(A + B[:-8] + bytes(8), 1000)


def test_no_step_is_large_and_nothing_is_unpacked_beyond_the_limit():
    packed = gzip.compress(b"\0" * (40 * STEP))
    assert max(map(len, Gunzip().feed(packed))) <= STEP
    assert len(gunzipped(packed, 1000)[0]) <= 1000 + STEP


def test_many_small_members_take_linear_time():
    # What follows a member is copied by zlib, so as many bytes as are fed to it: a piece at most.
    empty = gzip.compress(b"")
    work = Gunzip()
    copied = 0
    for _ in work.feed(empty * 100_000):
        copied += len(work._inflate.unused_data)
    assert copied < 100_000 * PIECE
    assert work.whole
