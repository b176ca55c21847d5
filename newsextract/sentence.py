"""Sentence bounds by rule: paragraph first, then stops. No third-party library."""

from __future__ import annotations

import re

from newsextract.model import Span

_END = re.compile(
    r"(?:\.{2,}|[.?!…]+)[”\"’')\]]*(?=\s+[“\"‘'(\[–-]?\s?[A-ZÀ-ỸĐ0-9]|\s*$)|\n+", re.MULTILINE
)


def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` in order, without the white space around them."""
    spans = []
    at = 0
    for stop in [*(m.end() for m in _END.finditer(text)), len(text)]:
        piece = text[at:stop]
        body = piece.strip()
        if body:
            start = at + len(piece) - len(piece.lstrip())
            spans.append(Span(start, start + len(body)))
        at = stop
    return tuple(spans)
