"""Sentences and words of a text as spans. The only module that knows underthesea.

Words have exactly the bounds that ``underthesea.word_tokenize`` gives. Its model is read from the
installed package and decoded by ``tokens``, ``wordmodel`` and ``crf``, in a tenth of the time and
without loading it. That is done only where model and code are known and a self-check agrees; else
underthesea itself is used, and a warning says so once.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib import metadata
from importlib.util import find_spec, module_from_spec
from itertools import chain, compress
from operator import itemgetter
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, NamedTuple

from newsextract.composing import composed
from newsextract.crf import Weights, read_weights
from newsextract.errors import NewsextractError
from newsextract.model import Span
from newsextract.sentence import sentence_spans
from newsextract.ties import Settler
from newsextract.tokens import Tokenizer
from newsextract.wordmodel import Token, WordModel

_WORDS = "pipeline/word_tokenize"
_MODEL = f"{_WORDS}/models/ws_crf_vlsp2013_20230727"
_SPELLING = "pipeline/text_normalize/tn_rules_2023_07_14.bin"
# SHA-256 of what was compared with this module: underthesea 9.5.0.
_DATA = {
    f"{_MODEL}/models.bin": "c3a64c64349f1d73304f89babacaa8f8cd6078b1ec1a1b2c104e9e411ac1d2c3",
    f"{_MODEL}/features.bin": "cf93263c7c7973bf50122b0be76a394443ff61be00c1368713dee1b7d5b8a435",
    f"{_MODEL}/dictionary.bin": "ec8c62b3881c6682c18959988e1fe08800cc835777778845bded470ca02745d9",
    _SPELLING: "a8ef96ef9837f6a377154fdfc970b9b88351d39f9353fa693d53ab49798817f9",
}
_CODE = {
    f"{_WORDS}/__init__.py": "65b26025dfd44e2e1ddb03b98b1a25a26fe703596b22730e0c16f79a7f0fbb5d",
    f"{_WORDS}/regex_tokenize.py": (
        "5cb4fdc04fc806ac51842d9ec96834e9647262361bf865bacc164e96dc898a76"
    ),
    "pipeline/text_normalize/token_normalize.py": (
        "e3dfaccc016417d181260234db2573f2c2c349e403e6566d9f35022633d9c50e"
    ),
    "pipeline/text_normalize/character_normalize.py": (
        "f10727cca09ec90c88abaaa6b697ad3a1205ab783066ad0b59fa31ecdaa792d1"
    ),
}
_CORE = {"3.3.2"}
# Text → the answer of underthesea 9.5.0, with a bar between words.
_PROBES = {
    "Sáng 9/6, UBND tỉnh Hoà Bình ban hành Quyết định số 06/2017/QĐ-UBND.": (
        "Sáng|9/6|,|UBND|tỉnh|Hòa Bình|ban hành|Quyết định|số|06/2017|/|QĐ-UBND|."
    ),
    "Đồng chí Phạm Văn Xuyên, Phó Chủ tịch UBND tỉnh, dự lễ tại TP. Qui Nhơn": (
        "Đồng chí|Phạm Văn Xuyên|,|Phó|Chủ tịch|UBND|tỉnh|,|dự|lễ|tại|TP.|Quy Nhơn"
    ),
    "Toàn tỉnh có 262/286 xã, phường, thị trấn đạt chuẩn (91,6%)…": (
        "Toàn|tỉnh|có|262|/|286|xã|,|phường|,|thị trấn|đạt|chuẩn|(|91,6|%|)|…"
    ),
    "Ông N.V.T. gửi thư tới toasoan@bao.vn, gọi 0227-3831-888 lúc 10:20:50 :D": (
        "Ông|N.V.T.|gửi|thư|tới|toasoan@bao.vn|,|gọi|0227-3831-888|lúc|10:20:50|:D"
    ),
    "Ðội ngũ bác sĩ H'Mông v.v. ở http://bao.vn/tin?id=1 cho biết:": (
        "Đội ngũ|bác sĩ|H'Mông v.v.|ở|http://bao.vn/tin?id=1|cho|biết|:"
    ),
}

_LOCK = Lock()


class _Segments(NamedTuple):
    """The tokens of a text: usual forms, where each starts and ends, and which begin no word."""

    tokens: Iterable[str]
    places: Sequence[int]  # two a token
    goes_on: bytes


_Parts = Iterable[tuple[int, int]]
_Reader = Callable[[str, _Parts], _Segments]
_FLIP = bytes([1, 0]).ljust(256, b"\0")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` as spans, without the white space around them."""
    return sentence_spans(_checked(text))


def words(text: str) -> tuple[Span, ...]:
    """The words of ``text`` as spans, with the bounds ``underthesea.word_tokenize`` gives.

    A span stands on what is printed: decomposed letters and old spellings (Hoà, Qui Nhơn) keep
    their characters. For the usual forms see ``word_tokens``, which goes word by word with this.
    A line break is a blank like others, as it is there: a word may go over it. Where lines are
    apart, as the blocks of an article are, see ``word_spans``.
    A chunk of over 500 characters without a blank is read in pieces, so that time stays linear.
    """
    return word_spans(_checked(text), [(0, len(text))])


def word_spans(text: str, parts: _Parts) -> tuple[Span, ...]:
    """The words of each part ``text[start:end]``, read as a text by itself, on ``text``."""
    found = _reader()(text, parts)
    begins = found.goes_on.translate(_FLIP)
    starts = compress(found.places[0::2], begins)
    ends = compress(found.places[1::2], begins[1:] + b"\1")
    # Span(*pair) runs Python code per word; this makes the same object without.
    return tuple(map(partial(tuple.__new__, Span), zip(starts, ends, strict=True)))


def word_tokens(text: str) -> tuple[str, ...]:
    """The words of ``text`` in their usual forms, as ``underthesea.word_tokenize`` writes them.

    NFC, one space between syllables, Hoà → Hòa, Qui Nhơn → Quy Nhơn, Ð → Đ.
    """
    return _joined(_reader()(_checked(text), [(0, len(text))]))


def _checked(text: object) -> str:
    if isinstance(text, str):
        return text
    own = "; an Article has .sentences and .words of its own" * (type(text).__name__ == "Article")
    raise TypeError(f"give a text as str, not {type(text).__name__}{own}")


def _joined(found: _Segments) -> tuple[str, ...]:
    # No token holds a line break.
    signs = map("\n ".__getitem__, found.goes_on)
    written = "".join(chain.from_iterable(zip(signs, found.tokens, strict=True)))
    return tuple(written[1:].split("\n")) if written else ()


def _reader() -> _Reader:
    # Two threads that ask at once must not load twice, nor warn twice.
    with _LOCK:
        return _chosen()


@cache
def _chosen() -> _Reader:
    """Our reading of underthesea's model if nothing speaks against it, else underthesea."""
    spec = find_spec("underthesea")
    if spec is None or not spec.submodule_search_locations:
        raise NewsextractError("underthesea is not installed", advice="pip install underthesea")
    root = Path(next(iter(spec.submodule_search_locations)))
    doubt = "its word model is not a known one"
    if _same(root, _DATA):
        doubt = "its answers differ from the known ones"
        ours = _ours(root)
        known = _same(root, _CODE) and metadata.version("underthesea_core") in _CORE
        answers = _PROBES if known else _answers(_theirs())
        if _answers(ours) == answers:
            return ours
    version = metadata.version("underthesea")
    warnings.warn(
        f"underthesea {version} is used as it is, about ten times slower: {doubt}",
        RuntimeWarning,
        stacklevel=4,
    )
    return _theirs()


def _same(root: Path, digests: dict[str, str]) -> bool:
    """Whether every file is there and has its digest."""
    paths = {root / name: digest for name, digest in digests.items()}
    return all(
        path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest
        for path, digest in paths.items()
    )


def _answers(reader: _Reader) -> dict[str, str]:
    return {text: "|".join(_joined(reader(text, [(0, len(text))]))) for text in _PROBES}


def _ours(root: Path) -> _Reader:
    """The model read by ``crf``; its files have been recognised."""

    def load(name: str) -> Any:
        return pickle.loads((root / name).read_bytes())  # noqa: S301  # digest is known

    def weights() -> Weights:
        return read_weights((root / _MODEL / "models.bin").read_bytes())

    templates, dictionary = load(f"{_MODEL}/features.bin"), load(f"{_MODEL}/dictionary.bin")

    settler = cache(lambda: Settler(weights(), templates, dictionary))
    model = WordModel(weights(), templates, dictionary, lambda tokens: settler().goes_on(tokens))
    spelling = load(_SPELLING)
    tokenizer = Tokenizer(spelling["character"], spelling["token"], model.token)

    def read(text: str, parts: _Parts) -> _Segments:
        tokens: list[Token] = []
        places: list[int] = []
        sizes: list[int] = []
        for start, end in parts:
            more, where = tokenizer.cut(text[start:end], start)
            tokens += more
            places += where
            sizes.append(len(more))
        return _Segments(map(itemgetter(-1), tokens), places, model.goes_on(tokens, sizes))

    return read


def _theirs() -> _Reader:
    """underthesea itself, from private copies of its modules.

    Its ``fixed_words`` stay in a global pattern; a copy neither hears of them nor changes them.
    """
    root = logging.getLogger()
    # Its import calls logging.basicConfig, which does nothing where a handler stands.
    guard = logging.NullHandler()
    root.addHandler(guard)
    try:
        segmenter = _copy("underthesea.pipeline.word_tokenize")
        grammar = _copy("underthesea.pipeline.word_tokenize.regex_tokenize")
    finally:
        root.removeHandler(guard)
    segmenter.tokenize = grammar.tokenize  # type: ignore[attr-defined]  # the copy's own

    def read(text: str, parts: _Parts) -> _Segments:
        tokens: list[str] = []
        bounds: list[int] = []
        goes_on = bytearray()
        for start, end in parts:
            plain, places = composed(text[start:end])
            usual = grammar.tokenize(plain)
            at = 0
            letters = grammar.normalize_characters_in_text(plain)
            for token in grammar.tokenize(plain, use_token_normalize=False):
                at = letters.index(token, at)
                bounds += start + places[at], start + places[at + len(token)]
                at += len(token)
            goes_on += _places_in_words(segmenter.word_tokenize(plain), usual)
            tokens += usual
        return _Segments(tokens, bounds, bytes(goes_on))

    return read


def _places_in_words(whole: Iterable[str], tokens: Sequence[str]) -> bytes:
    """For each token 1 if it is not the first of its word, else 0."""
    goes_on = bytearray()
    for word in whole:
        before = len(goes_on)
        size = -1
        while size < len(word):
            size += 1 + len(tokens[len(goes_on)])
            goes_on.append(len(goes_on) > before)
    return bytes(goes_on)


def _copy(name: str) -> ModuleType:
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise NewsextractError(f"{name} is missing", advice="pip install 'underthesea>=9.5'")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
