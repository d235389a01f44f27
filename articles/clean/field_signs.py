"""What may be the headline, the byline or the date of the story, and the signs by which candidates are ranked.

A candidate is a block near the story. Its signs are numbers: where it stands, how it is written, what stands
around it, what the hand-made score thinks of it. `field_model.py` ranks by them; after a change here train
again: `benchmarks/train_lines.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

import numpy as np
from numpy.typing import NDArray

from articles.clean.bylines import Byline, announces_author
from articles.clean.headline import Scene, begins_next
from articles.clean.reading import PageReading, is_section_name

# Blocks above the story, inside it from its start, and below it, in which a field may stand.
ABOVE, INSIDE, BELOW = 80, 4, 12
# Words of a headline, and of a line with a byline or a date.
TITLE_WORDS, LINE_WORDS = range(2, 41), 40
# Words that headlines usually have.
USUAL_TITLE = range(4, 21)
# Blocks that are near.
NEAR, WIDE = 3, 8

SIGNS = (
    "above", "far above", "inside", "below", "line number", "first line",
    "at most 2 words", "3 or 4 words", "5 to 9 words", "10 to 18 words", "19 to 25 words", "more words",
    "overlap", "half overlap", "less than the best overlap", "hand score", "hand pick", "hand possible",
    "repeated", "repeated later", "sentence", "colon", "cut off", "question", "bullet", "first lower", "bar",
    "gap above", "gap below",
    "date here", "date near below", "date wide below", "date near above", "date alone", "clock",
    "published here", "updated here", "led byline here", "byline here", "byline near below",
    "byline wide below", "byline near above",
    "phrase", "phrases around", "p", "p above", "p below", "capitals", "all capitals", "digits",
    "caption", "credit", "section name",
    "from headline", "above headline", "right below headline", "nearest date", "announced", "begins next",
    "title above", "title below", "stronger above",
)  # fmt: skip

HALF = 0.5  # of a candidate's words that the story says too


@dataclass(frozen=True)
class Front:
    """The page as the fields are looked for in it.

    `p` is how much each block reads as prose, `body` are the blocks of the story, never empty.
    """

    reading: PageReading
    p: Sequence[float]
    body: Sequence[int]

    @cached_property
    def scene(self) -> Scene:
        """What the hand-made headline score knows of the page."""
        return Scene(self.reading, self.body)

    @cached_property
    def hand_pick(self) -> int | None:
        """The headline by hand-made rules."""
        found = self.scene.find()
        return found.index if found else None

    @property
    def zone(self) -> range:
        """The blocks in which bylines and dates are looked for."""
        return range(max(0, self.body[0] - ABOVE), min(len(self.reading), self.body[-1] + BELOW + 1))

    def reads_as_title(self, index: int) -> bool:
        """True when the rules allow the block as a headline of the usual length."""
        usual = 0 <= index < len(self.reading) and self.reading.word_counts[index] in USUAL_TITLE
        return usual and self.scene.possible(index)

    def titles(self) -> list[int]:
        """The blocks that may be the headline."""
        last = min(self.body[0] + INSIDE, len(self.reading))
        first = max(0, self.body[0] - ABOVE)
        return [i for i in range(first, last) if self.reading.word_counts[i] in TITLE_WORDS]

    def bylines(self) -> list[int]:
        """The blocks that may say who wrote the story."""
        return [i for i in self.zone if self._may_be_byline(i)]

    def dates(self) -> list[int]:
        """The blocks that may say when the story was published."""
        return [i for i in self.zone if self.has_date(i)]

    def _may_be_byline(self, index: int) -> bool:
        byline = self._byline(index)
        return bool(byline and byline.names)

    def is_led(self, index: int) -> bool:
        """True when the block begins as bylines do: "By ..."; read once."""
        known = self._flags.get(("led", index))
        if known is None:
            byline = self._byline(index)
            known = self._flags["led", index] = bool(byline and byline.led)
        return known

    def _byline(self, index: int) -> Byline | None:
        return self.reading.byline(index) if self.reading.word_counts[index] <= LINE_WORDS else None

    @cached_property
    def _flags(self) -> dict[tuple[str, int], bool]:
        return {}

    def has_date(self, index: int) -> bool:
        """True when the block is short and has a full date; read once, as every neighbour asks."""
        known = self._flags.get(("date", index))
        if known is None:
            known = self._flags["date", index] = self._reads_date(index)
        return known

    def _reads_date(self, index: int) -> bool:
        return self.reading.word_counts[index] <= LINE_WORDS and any(
            found.interval.precision == "day" for found in self.reading.dates(index)
        )


def sign_rows(front: Front, candidates: Sequence[int]) -> NDArray[np.float64]:
    """The signs of the candidates: (len(candidates), len(SIGNS))."""
    overlaps = [front.scene.overlap(i) for i in candidates]
    best = max(overlaps, default=0.0)
    start = front.body[0]
    nearest_date = min(filter(front.has_date, candidates), key=lambda i: abs(i - start), default=None)
    rows = [
        [
            *_place(front, i),
            *_length(front.reading.word_counts[i]),
            overlap,
            float(overlap >= HALF),
            best - overlap,
            front.scene.score(i),
            float(i == front.hand_pick),
            float(front.scene.possible(i)),
            *_form(front.reading, i),
            *_around(front, i),
            *_company(front, i),
            *_from_headline(i, front.hand_pick),
            float(i == nearest_date),
            float(i > 0 and announces_author(front.reading.blocks[i - 1].text)),
            float(begins_next(front.reading, i)),
            *_titles_around(front, i, overlap),
        ]
        for i, overlap in zip(candidates, overlaps, strict=True)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(SIGNS))


def _place(front: Front, index: int) -> list[float]:
    start, end = front.body[0], front.body[-1]
    above = max(0, start - index)
    return [
        log1p(above),
        float(above > WIDE),
        float(start <= index <= end),
        log1p(max(0, index - end)) + float(index > end),
        log1p(index),
        float(index == 0),
    ]


def _length(words: int) -> list[float]:
    ends = (2, 4, 9, 18, 25)
    place = sum(words > end for end in ends)
    return [float(place == at) for at in range(len(ends) + 1)]


def _form(reading: PageReading, index: int) -> list[float]:
    block, key = reading.blocks[index], reading.keys[index]
    text = block.text
    last = reading.keys[index + 1 : index + 60]
    follows = reading.blocks[index + 1].gap if index + 1 < len(reading) else 1
    return [
        float(reading.repeats[key] > 1),
        float(key in last),
        float(reading.is_sentence(index)),
        float(text.endswith(":")),
        float(text.endswith(("…", "..."))),
        float("?" in text),
        float(bool(block.mark)),
        float(text[:1].islower()),
        float("|" in text or "»" in text or " > " in text),
        float(block.gap > 0),
        float(follows > 0),
    ]


def _around(front: Front, index: int) -> list[float]:
    reading, n = front.reading, len(front.reading)
    below = range(index + 1, min(index + 1 + NEAR, n))
    wide = range(index + 1, min(index + 1 + WIDE, n))
    above = range(max(0, index - NEAR), index)
    has_date, byline = front.has_date, front.is_led
    text = reading.blocks[index].text
    dates = reading.dates(index) if reading.word_counts[index] <= LINE_WORDS else ()
    cues = {reading.date_cue(index, found) for found in dates}
    own = reading.byline(index) if reading.word_counts[index] <= LINE_WORDS else None
    return [
        float(bool(dates)),
        float(any(map(has_date, below))),
        float(any(map(has_date, wide))),
        float(any(map(has_date, above))),
        float(bool(dates) and reading.is_date_line(index)),
        float(":" in text and any(map(str.isdigit, text))),
        float("published" in cues),
        float("updated" in cues),
        float(bool(own and own.led)),
        float(bool(own and own.names)),
        float(any(map(byline, below))),
        float(any(map(byline, wide))),
        float(any(map(byline, above))),
    ]


def _company(front: Front, index: int) -> list[float]:
    reading, p = front.reading, front.p
    near = range(max(0, index - NEAR), min(index + 1 + NEAR, len(reading)))
    above = [p[i] for i in near if i < index]
    below = [p[i] for i in near if i > index]
    tokens = reading.blocks[index].text.split()
    capitals = sum(token[:1].isupper() for token in tokens) / len(tokens)
    text = reading.blocks[index].text
    return [
        float(bool(reading.chrome[index])),
        sum(bool(reading.chrome[i]) for i in near) / len(near),
        p[index],
        sum(above) / max(1, len(above)),
        sum(below) / max(1, len(below)),
        capitals,
        float(text.isupper()),
        sum(map(str.isdigit, text)) / len(text),
        float(bool(reading.caption_cue(index))),
        float(bool(reading.credit(index))),
        float(is_section_name(reading.keys[index])),
    ]


def _from_headline(index: int, headline: int | None) -> list[float]:
    if headline is None:
        return [0.0, 0.0, 0.0]
    return [log1p(abs(index - headline)), float(index < headline), float(0 < index - headline <= NEAR)]


def _titles_around(front: Front, index: int, overlap: float) -> list[float]:
    """Whether the blocks right above and below read as titles too: a standfirst stands below one."""
    scene = front.scene
    above, below = (front.reads_as_title(at) for at in (index - 1, index + 1))
    return [float(above), float(below), float(above and scene.overlap(index - 1) >= overlap / 2)]
