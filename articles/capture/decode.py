"""Find the encoding of a page, and say so when it cannot be found."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
META_SEARCHED = 4096  # bytes; browsers look at the first 1,024, some pages put long comments before it
# Charset-normalizer's own measure of mess; above it its guess is no better than chance.
WIDEST_SURE_CHAOS = 0.15


class UndecodableError(ValueError):
    """No encoding was found in which the bytes make sense as text."""


def detect_charset(content: bytes, *, html: bool) -> str:
    """Return the name of a codec that decodes all of `content`.

    1. A byte order mark decides. 2. UTF-8 that decodes is UTF-8: other encodings almost never do by
    chance. 3. HTML may name its own encoding. 4. Statistics decide, when they are sure.

    Raises UndecodableError when none of these holds, or when the bytes are not text at all.
    """
    # 1. A byte order mark.
    for mark, codec in BYTE_ORDER_MARKS:
        if content.startswith(mark) and _decodes(content, codec):
            return codec
    # 2. UTF-8.
    if b"\x00" in content:
        raise UndecodableError("it holds zero bytes, which text does not")
    if _decodes(content, "utf-8"):
        return "utf-8"
    # 3. What the page says of itself.
    declared = META_CHARSET.search(content[:META_SEARCHED]) if html else None
    if declared:
        name = declared.group(1).decode("ascii").lower()
        # Browsers read "latin-1" as Windows-1252, whose curly quotes the former lacks.
        name = "cp1252" if name in {"iso-8859-1", "latin1", "ascii"} else name
        if _decodes(content, name):
            return name
    # 4. Statistics.
    from charset_normalizer import from_bytes  # waits: nearly all pages are UTF-8, and it takes 2 MB

    best = from_bytes(content).best()
    if best is None or best.chaos > WIDEST_SURE_CHAOS or not _decodes(content, best.encoding):
        raise UndecodableError("its encoding could not be told")
    return best.encoding


def _decodes(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
