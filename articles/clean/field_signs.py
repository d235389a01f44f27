"""The signs by which candidates for headline, byline and date are ranked.

A candidate is a block near the story (`front.py`). Its signs are numbers: where it stands, how it is written, what
stands around it, what the hand-made score thinks of it. `field_model.py` ranks by them; after a change here train
again: `benchmarks/train_lines.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from articles.clean.bylines import announces_author
from articles.clean.front import LINE_WORDS, SHORTEST_COPY, Front
from articles.clean.headline import begins_next
from articles.clean.lexicons import word_set
from articles.clean.reading import PageReading, is_section_name

# Blocks that are near; how far below a headline with a standfirst the date may stand.
NEAR, HEAD, WIDE = 3, 5, 8

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
    "copies", "begins others", "ends others", "inside others", "begins with a near line", "ends with a near line",
    "goes on", "lead overlap", "less than the best lead overlap", "told often", "longer than below", "suffix",
    "hardly told", "date behind a standfirst", "byline behind a standfirst", "opens the head", "more copies than near",
    "speaks to the reader", "offers", "ago here", "ago near below", "told copies", "name of the press",
)  # fmt: skip

# Letters of the name of an outlet.
LONGEST_NAME = 60
HARDLY, HALF = 0.2, 0.5  # of a candidate's words that the story says too


def sign_rows(front: Front, candidates: Sequence[int]) -> NDArray[np.float64]:
    """The signs of the candidates: (len(candidates), len(SIGNS))."""
    overlaps = [front.scene.overlap(i) for i in candidates]
    best = max(overlaps, default=0.0)
    leads = [front.lead_overlap(i) for i in candidates]
    best_lead = max(leads, default=0.0)
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
            *_form(front.reading, i, usual_gap=front.usual_gap),
            *_around(front, i),
            *_company(front, i),
            *_from_headline(i, front.hand_pick),
            float(i == nearest_date),
            float(i > 0 and announces_author(front.reading.blocks[i - 1].text)),
            float(begins_next(front.reading, i)),
            *_titles_around(front, i, overlap),
            *front.copies(i).signs,
            *_near_lines(front.reading, i),
            float(front.reading.blocks[i].text.startswith(("…", "..."))),
            lead,
            best_lead - lead,
            front.told_often(i),
            *_against_below(front.reading, i),
            float(overlap < HARDLY),
            *_head(front, i),
            *_wording(front, i),
            overlap * log1p(front.copies(i).holding),
            float(front.reading.press.name(front.reading.blocks[i].text[:LONGEST_NAME]) is not None),
        ]
        for i, overlap, lead in zip(candidates, overlaps, leads, strict=True)
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


def _form(reading: PageReading, index: int, *, usual_gap: float) -> list[float]:
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
        float(block.gap > 0) - usual_gap,
        float(follows > 0) - usual_gap,
    ]


def _around(front: Front, index: int) -> list[float]:
    reading, n = front.reading, len(front.reading)
    wide = range(index + 1, min(index + 1 + WIDE, n))
    above = range(max(0, index - NEAR), index)
    has_date, byline = front.has_date, front.is_led
    # Where below the nearest date and byline stand, if they stand in the wide window at all.
    nowhere = index + 1 + WIDE
    date_below, byline_below = next(filter(has_date, wide), nowhere), next(filter(byline, wide), nowhere)
    text = reading.blocks[index].text
    dates = reading.dates(index) if reading.word_counts[index] <= LINE_WORDS else ()
    cues = {reading.date_cue(index, found) for found in dates}
    own = reading.byline(index) if reading.word_counts[index] <= LINE_WORDS else None
    return [
        float(bool(dates)),
        float(date_below <= index + NEAR),
        float(date_below < nowhere),
        float(any(map(has_date, above))),
        float(bool(dates) and reading.is_date_line(index)),
        float(":" in text and any(map(str.isdigit, text))),
        float("published" in cues),
        float("updated" in cues),
        float(bool(own and own.led)),
        float(bool(own and own.names)),
        float(byline_below <= index + NEAR),
        float(byline_below < nowhere),
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


def _near_lines(reading: PageReading, index: int) -> list[float]:
    """Whether the block is a line near it with words put before or behind: a section, the name of the outlet."""
    key = reading.keys[index]
    near = [
        reading.keys[i]
        for i in range(max(0, index - NEAR), min(index + 1 + NEAR, len(reading)))
        if reading.word_counts[i] >= SHORTEST_COPY and len(reading.keys[i]) < len(key)
    ]
    return [float(any(map(key.startswith, near))), float(any(map(key.endswith, near)))]


_SUFFIX = re.compile(r"\s[|–—-]\s[^|–—]{2,40}$")


def _against_below(reading: PageReading, index: int) -> list[float]:
    """Whether the block has more words than the next, and whether it ends as page titles do: " | Outlet"."""
    below = reading.word_counts[index + 1] if index + 1 < len(reading) else 0
    return [
        float(reading.word_counts[index] > below),
        float(bool(_SUFFIX.search(reading.blocks[index].text[-60:]))),
    ]


def _head(front: Front, index: int) -> list[float]:
    """Whether the block reads as the first line of a head: title, standfirst, byline, date."""
    reading = front.reading
    below = range(index + 1, min(index + 1 + HEAD, len(reading)))
    titled = front.reads_as_title(index + 1)
    near = [i for i in (index - 2, index - 1, index + 1, index + 2) if 0 <= i < len(reading)]
    copies = front.copies(index).holding
    return [
        float(titled and any(map(front.has_date, below))),
        float(titled and any(map(front.is_led, below))),
        float(titled and not front.reads_as_title(index - 1)),
        float(copies > max((front.copies(i).holding for i in near), default=0)),
    ]


def _wording(front: Front, index: int) -> list[float]:
    """The share of words that speak to the reader or offer something; a time counted from now, here and right below."""
    words = _words(front.reading, index)
    ago = [front.says_ago(i) for i in range(index, min(index + 1 + NEAR, len(front.reading)))]
    return [
        sum(word in word_set("line_words", "reader") for word in words) / len(words),
        sum(word in word_set("line_words", "promo") for word in words) / len(words),
        float(ago[0]),
        float(any(ago[1:])),
    ]


def _words(reading: PageReading, index: int) -> list[str]:
    return [word.strip(".,!?:;()") for word in reading.keys[index].split()] or [""]
