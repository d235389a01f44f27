"""The signs of one line by itself, as numbers: its words, its ending, its marks, its wording.

They know no word of any page: a line counts only as so many words of a list, such a share of capitals.
`line_features.py` sets them beside those of the lines around. After a change here the model must be
trained again: `benchmarks/train_lines.py`.
"""

from __future__ import annotations

from functools import cache
from math import log1p

from articles.clean.lexicons import lexicon
from articles.clean.reading import LONGEST_LOOK, PageReading

# Words from which more make no difference: long paragraphs of news end here.
MOST_WORDS = 120
# Upper ends, in words, of the classes of length; what a line of three and of thirty words is for differs in
# kind, and a straight line through their logarithm cannot say so.
LENGTHS = (2, 4, 7, 12, 20, 35, 60)
# Share of stop words that lines have where no list knows the language.
USUAL_STOPS = 0.3
UNSPACED = frozenset({"ja", "zh", "th", "ko"})

_KINDS = ("reader", "report", "promo", "picture", "clock", "consent")
_LETTERS = {kind: f"words of the kind {kind}" for kind in _KINDS}
_CHROME = (
    "skip_links",
    "advertising",
    "housekeeping",
    "comments",
    "sharing",
    "subscribing",
    "account",
    "legal",
    "elsewhere",
)

# Every sign with the group under which a person reads of it (see `line_reasons.py`), in the order of the row.
SIGNS: tuple[tuple[str, str], ...] = (
    ("log words", "length"),
    *((f"at most {length} words", "length") for length in LENGTHS),
    ("mean word length", "words"),
    ("stop word share", "words"),
    ("has stop words", "words"),
    ("capital share", "capitals"),
    ("all capitals", "capitals"),
    ("share in capitals", "capitals"),
    ("first lower", "capitals"),
    *((_LETTERS[kind], "wording") for kind in _KINDS),
    *((f"log count of {kind}", "wording") for kind in _KINDS),
    ("ends sentence", "sentence"),
    ("ends full stop", "sentence"),
    ("ends quoted", "sentence"),
    ("ends question", "sentence"),
    ("ends colon", "sentence"),
    ("ends cut off", "sentence"),
    ("log sentences", "sentence"),
    ("comma share", "sentence"),
    ("quotes", "sentence"),
    ("first quote", "sentence"),
    ("digit share", "marks"),
    ("has year", "marks"),
    ("has clock", "marks"),
    ("slash or bar", "marks"),
    ("address", "marks"),
    ("brackets", "marks"),
    ("copyright", "marks"),
    ("dash inside", "marks"),
    ("bullet", "marks"),
    ("first digit", "marks"),
    ("begins by", "wording"),
    *((f"phrase {kind}", "phrases") for kind in _CHROME),
    ("outlet phrase", "phrases"),
    ("ends story", "phrases"),
    ("repeated", "repeats"),
    ("repeated earlier", "repeats"),
    ("begins next", "repeats"),
    ("gap", "place"),
)  # fmt: skip

_EDGES = ".,;:!?\"“”'’‘()[]«»„…-–—"


@cache
def _kinds() -> dict[str, tuple[int, ...]]:
    """Each listed word with the places of its kinds."""
    found: dict[str, list[int]] = {}
    for place, kind in enumerate(_KINDS):
        for word in lexicon("line_words")[kind]:
            found.setdefault(word, []).append(place)
    return {word: tuple(places) for word, places in found.items()}


@cache
def _chrome_reasons() -> dict[str, int]:
    return {lexicon("chrome")[kind]["reason"]: place for place, kind in enumerate(_CHROME)}


def page_words(reading: PageReading) -> list[list[str]]:
    """The words of every block, case-folded and without punctuation around them; "" where nothing is left."""
    return [
        [word.strip(_EDGES) for word in block.text[:LONGEST_LOOK].casefold().split(" ")]
        for block in reading.blocks
    ]


def page_signs(reading: PageReading, words: list[list[str]]) -> list[list[float]]:
    """One row of `SIGNS` for every block of the page, in order; `words` are its `page_words`."""
    seen: set[str] = set()
    rows = []
    for index, block in enumerate(reading.blocks):
        text, key = block.text[:LONGEST_LOOK], reading.keys[index]
        tokens = text.split(" ")
        rows.append(
            [
                *_lengths(reading.word_counts[index]),
                *_words(tokens, words[index], reading),
                *_ending(text, len(tokens)),
                *_marks(text, tokens),
                1.0 if block.mark else 0.0,
                1.0 if text[0].isdigit() else 0.0,
                1.0 if key.startswith(("by ", "von ", "par ", "por ", "di ")) else 0.0,
                *_phrases(reading, index),
                1.0 if reading.repeats[key] > 1 else 0.0,
                1.0 if key in seen else 0.0,
                1.0 if _begins_next(reading, index) else 0.0,
                min(2.0, block.gap),
            ]
        )
        seen.add(key)
    return rows


def _lengths(words: int) -> tuple[float, ...]:
    return _length_signs(min(words, MOST_WORDS))


@cache
def _length_signs(words: int) -> tuple[float, ...]:
    return (log1p(words), *(1.0 if words <= length else 0.0 for length in LENGTHS))


def _words(tokens: list[str], words: list[str], reading: PageReading) -> list[float]:
    """What kinds of words the line has, as shares of all."""
    count = len(tokens)
    kinds = [0] * len(_KINDS)
    known = _kinds()
    for word in filter(known.__contains__, words):
        for place in known[word]:
            kinds[place] += 1
    stops = sum(map(reading.stop_words.__contains__, words))
    capitalised = [token for token in tokens if token[:1].isupper()]
    capitals = len(capitalised)
    shouted = len([token for token in capitalised if len(token) > 1 and token.isupper()])
    share = stops / count
    if reading.language in UNSPACED or reading.language is None:
        share = max(share, USUAL_STOPS)
    return [
        min(12.0, sum(map(len, tokens)) / count),
        min(share, 0.6),
        1.0 if stops > 1 else 0.0,
        capitals / count,
        1.0 if capitals == count and count > 1 else 0.0,
        shouted / count,
        1.0 if tokens[0][:1].islower() else 0.0,
        *([min(0.5, found / count) for found in kinds] if any(kinds) else _NO_KINDS),
        *([log1p(min(found, 12)) for found in kinds] if any(kinds) else _NO_KINDS),
    ]


_NO_KINDS = [0.0] * len(_KINDS)


def _ending(text: str, count: int) -> list[float]:
    """How the line ends, and how many sentences it has."""
    bare = text[-8:].rstrip("\"'”’»)]")
    last = bare[-1:] or text[-1]
    cut = bare.endswith(("...", "…"))
    sentences = text.count(". ") + text.count("? ") + text.count("! ") + text.count("。")
    quotes = text.count('"') + text.count("“") + text.count("”") + text.count("„") + text.count("«")
    return [
        1.0 if last in ".!?…。！？" else 0.0,  # noqa: RUF001 - full-width marks of Chinese and Japanese
        1.0 if last in ".。" and not cut else 0.0,
        1.0 if text[-1] in '"”»' else 0.0,
        1.0 if last in "?!" else 0.0,
        1.0 if last == ":" else 0.0,
        1.0 if cut else 0.0,
        log1p(min(sentences, 10)),
        min(0.3, (text.count(",") + text.count("、")) / count),
        float(min(2, quotes)),
        1.0 if text[0] in '"“„«‘' else 0.0,
    ]


def _marks(text: str, tokens: list[str]) -> list[float]:
    """Digits, bars, addresses and the like."""
    digits = sum(map(text.count, "0123456789")) / len(text)
    year = clock = False
    if digits:
        for token in tokens[:60]:
            year = year or (token[:2] in {"19", "20"} and token[:4].isdigit() and len(token) <= len("2012),"))
            head, colon, tail = token.partition(":")
            clock = clock or bool(colon and head[-1:].isdigit() and tail[:2].isdigit())
    return [
        min(0.5, digits),
        1.0 if year else 0.0,
        1.0 if clock else 0.0,
        1.0 if "|" in text or " / " in text or "·" in text or "»" in text or "\u203a" in text else 0.0,
        1.0 if "@" in text or "http" in text or "www." in text or ".com" in text else 0.0,
        1.0 if "(" in text or "[" in text else 0.0,
        1.0 if "©" in text or "(c)" in text else 0.0,
        1.0 if " - " in text or " – " in text or " — " in text else 0.0,
    ]


def _phrases(reading: PageReading, index: int) -> list[float]:
    """Which list of phrases knows the line."""
    row = [0.0] * (len(_CHROME) + 2)
    reason = reading.chrome[index]
    if reason:
        row[_chrome_reasons().get(reason, len(_CHROME))] = 1.0
    row[-1] = 1.0 if reading.ends_story(index) else 0.0
    return row


def _begins_next(reading: PageReading, index: int) -> bool:
    keys = reading.keys
    return (
        index + 1 < len(keys)
        and reading.word_counts[index] > 2  # noqa: PLR2004  # two words begin many lines by chance
        and len(keys[index]) < len(keys[index + 1])
        and keys[index + 1].startswith(keys[index])
    )
