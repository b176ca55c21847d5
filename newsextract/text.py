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
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib import metadata
from importlib.util import find_spec, module_from_spec
from itertools import chain, compress
from operator import not_
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, NamedTuple

from newsextract.crf import read_weights
from newsextract.errors import NewsextractError
from newsextract.model import Span
from newsextract.sentence import sentence_spans
from newsextract.tokens import Tokenizer, composed
from newsextract.wordmodel import WordModel

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
    """The tokens of a text: usual forms, places in the text, and which go on with a word."""

    tokens: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    goes_on: Sequence[bool]


_Reader = Callable[[str], _Segments]


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` as spans, without the white space around them."""
    return sentence_spans(text)


def words(text: str) -> tuple[Span, ...]:
    """The words of ``text`` as spans, with the bounds ``underthesea.word_tokenize`` gives.

    A span stands on what is printed: decomposed letters and old spellings (Hoà, Qui Nhơn) keep
    their characters. For the usual forms see ``word_tokens``, which goes word by word with this.
    A chunk of over 500 characters without a blank is read in pieces, so that time stays linear.
    """
    found = _reader()(text)
    begins = _begins(found)
    # Span(*pair) runs Python code per word; this makes the same object without.
    make = partial(tuple.__new__, Span)
    ends = compress(found.ends, chain(begins[1:], (True,)))
    return tuple(map(make, zip(compress(found.starts, begins), ends, strict=True)))


word_spans = words


def word_tokens(text: str) -> tuple[str, ...]:
    """The words of ``text`` in their usual forms, as ``underthesea.word_tokenize`` writes them.

    NFC, one space between syllables, Hoà → Hòa, Qui Nhơn → Quy Nhơn, Ð → Đ.
    """
    return _joined(_reader()(text))


def _begins(found: _Segments) -> list[bool]:
    begins = list(map(not_, found.goes_on))
    begins[:1] = [True] * len(begins[:1])
    return begins


def _joined(found: _Segments) -> tuple[str, ...]:
    parts: list[str] = []
    for token, begins in zip(found.tokens, _begins(found), strict=True):
        if begins:
            parts.append(token)
        else:
            parts[-1] += f" {token}"
    return tuple(parts)


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
    return {text: "|".join(_joined(reader(text))) for text in _PROBES}


def _ours(root: Path) -> _Reader:
    """The model read by ``crf``; its files have been recognised."""

    def load(name: str) -> Any:
        return pickle.loads((root / name).read_bytes())  # noqa: S301  # digest is known

    model = WordModel(
        read_weights((root / _MODEL / "models.bin").read_bytes()),
        load(f"{_MODEL}/features.bin"),
        load(f"{_MODEL}/dictionary.bin"),
    )
    spelling = load(_SPELLING)
    tokenizer = Tokenizer(spelling["character"], spelling["token"])

    def read(text: str) -> _Segments:
        tokens, starts, ends = tokenizer.cut(text)
        return _Segments(tokens, starts, ends, model.continues(tokens))

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

    def read(text: str) -> _Segments:
        plain, places = composed(text)
        raw = grammar.tokenize(plain, use_token_normalize=False)
        usual = grammar.tokenize(plain)
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        letters = grammar.normalize_characters_in_text(plain)
        for token in raw:
            at = letters.index(token, at)
            starts.append(places[at])
            at += len(token)
            ends.append(places[at])
        goes_on: list[bool] = []
        for word in segmenter.word_tokenize(plain):
            syllables = 0
            size = -1
            while size < len(word):
                size += 1 + len(usual[len(goes_on)])
                goes_on.append(syllables > 0)
                syllables += 1
        return _Segments(usual, starts, ends, goes_on)

    return read


def _copy(name: str) -> ModuleType:
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise NewsextractError(f"{name} is missing", advice="pip install 'underthesea>=9.5'")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
