"""Finding the headline: the line above the story that talks of what the story talks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.clean.reading import LONGEST_LOOK, PageReading, is_section_name

# Blocks above the story that are looked at; on whole pages of 81 outlets the headline stood within 40.
LOOK_BACK = 60
# Blocks at the story's start that may still be its headline when they do not end as a sentence.
LOOK_IN = 2
# A candidate below this is no headline. The scale is the sum in `_score`; set on pages read by eye.
LEAST_SCORE = 1.0
# Words of a headline: at least and at most, of one that may stand inside the story's stretch, and what is
# usual.
SHORTEST, SHORTEST_TITLE, LONGEST = 2, 3, 32
USUAL_WORDS, POSSIBLE_WORDS = range(5, 19), range(3, 25)
# A candidate right above the best one is taken instead when its score is at most this much lower.
SIBLING = 1.2

_WORD = re.compile(r"[^\W_]+")
_CLOSING = re.compile(r"[.;,]['\"”’)]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may be the headline, with its score."""

    index: int
    score: float


@dataclass(frozen=True)
class Scene:
    """A page as its headline is looked for in it; `body` are the blocks of the story in order, never empty."""

    reading: PageReading
    body: Sequence[int]

    @cached_property
    def _content(self) -> dict[int, list[str]]:
        return {}

    def content(self, index: int) -> list[str]:
        """The words of a block that say what it is about, read once."""
        if index not in self._content:
            self._content[index] = _content_words(self.reading, self.reading.blocks[index].text)
        return self._content[index]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that the story is about."""
        return frozenset(word for index in self.body[:60] for word in self.content(index))

    def possible(self, index: int) -> bool:
        """True when the rules allow the block as the headline."""
        return _possible(self.reading, index, start=self.body[0])

    def score(self, index: int) -> float:
        """How much the block reads as the headline; the scale is the sum in `_score`."""
        return _score(self.reading, index, start=self.body[0], overlap=self.overlap(index))

    def overlap(self, index: int) -> float:
        """The share of the block's words that the story speaks of, from 0 to 1."""
        content = self.content(index)
        return sum(word in self.vocabulary for word in content) / max(3, len(content))

    def find(self) -> Candidate | None:
        """The best candidate above (or at the very start of) the story; None when none is good enough."""
        reading, start = self.reading, self.body[0]
        last = min(start + LOOK_IN, len(reading) - 1)
        candidates = [
            Candidate(index, self.score(index))
            for index in range(max(0, start - LOOK_BACK), last + 1)
            if self.possible(index)
        ]
        best = max(candidates, key=lambda item: (item.score, -item.index), default=None)
        if best is None or best.score < LEAST_SCORE:
            return None
        # A standfirst often shares more words with the story than the headline right above it.
        above = next((item for item in candidates if item.index == best.index - 1), None)
        is_title = (
            above
            and above.score >= best.score - SIBLING
            and reading.word_counts[above.index] >= SHORTEST_TITLE
        )
        return above if above and is_title else best


def _possible(reading: PageReading, index: int, *, start: int) -> bool:
    words, text = reading.word_counts[index], reading.blocks[index].text
    if not SHORTEST <= words <= LONGEST or reading.chrome[index] or reading.page_marker(index):
        return False
    if index >= start and (reading.is_sentence(index) or words < SHORTEST_TITLE):
        return False
    if begins_next(reading, index) or reading.is_date_line(index) or is_section_name(reading.keys[index]):
        return False
    byline = reading.byline(index)
    if byline and (byline.led or reading.dates(index)):
        return False
    if byline and byline.names and byline.roles and words not in USUAL_WORDS:
        return False
    return not (
        reading.caption_cue(index)
        or reading.credit(index)
        or reading.sources(index)
        or "|" in text
        or "»" in text
    )


def begins_next(reading: PageReading, index: int) -> bool:
    """True when the next block begins with this one and goes on: a cut-off copy, as of an alt text."""
    if index + 1 >= len(reading) or reading.word_counts[index] < SHORTEST_TITLE:
        return False
    return len(reading.keys[index]) < len(reading.keys[index + 1]) and reading.keys[index + 1].startswith(
        reading.keys[index]
    )


def _score(reading: PageReading, index: int, *, start: int, overlap: float) -> float:
    block, words = reading.blocks[index], reading.word_counts[index]
    score = 2.0 if words in USUAL_WORDS else 0.8 if words in POSSIBLE_WORDS else -1.0
    score -= min(3.0, 0.1 * max(0, start - index))
    score += 3.0 * overlap
    score += 1.0 if reading.repeats[reading.keys[index]] > 1 else 0.0
    score -= 2.0 if _CLOSING.search(block.text) else 0.0
    score -= 1.5 if block.mark else 0.0
    score -= 0.8 if block.text.endswith(("…", "...", ":")) else 0.0
    score -= (
        1.0
        if not block.text[:1].isupper() and not block.text[:1].isdigit() and block.text[:1].islower()
        else 0.0
    )
    score += 0.4 if block.gap else 0.0
    # The line right below a masthead is its motto.
    score -= 2.0 if index and not block.gap and reading.press.name(reading.blocks[index - 1].text) else 0.0
    near = range(index + 1, min(index + 6, len(reading)))
    score += (
        0.8
        if any(
            reading.word_counts[i] <= LONGEST and (reading.dates(i) or _is_led_byline(reading, i))
            for i in near
        )
        else 0.0
    )
    byline = reading.byline(index)
    return score - (1.5 if byline and words not in USUAL_WORDS else 0.0)


def _is_led_byline(reading: PageReading, index: int) -> bool:
    byline = reading.byline(index)
    return bool(byline and byline.led)


def _content_words(reading: PageReading, text: str) -> list[str]:
    return [
        word
        for word in _WORD.findall(text[:LONGEST_LOOK].casefold())
        if len(word) >= SHORTEST_TITLE and word not in reading.stop_words
    ]
