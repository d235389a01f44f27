"""The page as its fields are looked for in it: where the story is, and which blocks may be headline, byline, date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

from articles.clean.bylines import Byline
from articles.clean.headline import Scene
from articles.clean.reading import PageReading

# Blocks above the story, inside it from its start, and below it, in which a field may stand.
ABOVE, INSIDE, BELOW = 80, 4, 12
# Words of a headline, and of a line with a byline or a date.
TITLE_WORDS, LINE_WORDS = range(2, 41), 40
# Words that headlines usually have.
USUAL_TITLE = range(4, 21)
# Words from which a line is looked for inside others; blocks of the story's lead; blocks that tell a word often.
SHORTEST_COPY, LEAD, OFTEN = 3, 3, 3
# Blocks of the story whose words are counted; the first sixty tell what it is about.
TELLING = 60

_AGO = re.compile(
    r"\b\d+\s?(?:sec|second|min|minute|hour|hr|day|week|month|year)s?\.?\s+ago\b"
    r"|\bvor\s+\d+\s+\w+|\bil y a\s+\d+|\bhace\s+\d+|\bhá\s+\d+|\b\d+\s+\w+\s+fa\b|\b\d+\s+(?:dk|saat|gün)\s+önce\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Copies:
    """Other lines of the page that are a line, begin with it, end with it, or have it anywhere in them."""

    same: int
    begun: int
    ended: int
    holding: int

    @property
    def signs(self) -> tuple[float, float, float, float]:
        """As numbers that grow slowly."""
        return log1p(self.same), log1p(self.begun), log1p(self.ended), log1p(self.holding)


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

    @cached_property
    def usual_gap(self) -> float:
        """The share of blocks with a blank line above: where all or none have one, it tells nothing of a block."""
        return sum(block.gap > 0 for block in self.reading.blocks) / len(self.reading)

    @cached_property
    def _page(self) -> str:
        """The keys of all blocks, a line each: where a line stands inside others is asked of it at once."""
        return "\n" + "\n".join(self.reading.keys) + "\n"

    @cached_property
    def _copies(self) -> dict[int, Copies]:
        return {}

    def copies(self, index: int) -> Copies:
        """Where else the words of a block stand, looked up once; nothing of blocks too short to be told apart."""
        if index not in self._copies:
            self._copies[index] = self._find_copies(index)
        return self._copies[index]

    def _find_copies(self, index: int) -> Copies:
        key = self.reading.keys[index]
        if self.reading.word_counts[index] < SHORTEST_COPY or not key:
            return Copies(0, 0, 0, 0)
        same = self.reading.repeats[key]
        page = self._page
        return Copies(
            same - 1,
            page.count(f"\n{key}") - same,
            page.count(f"{key}\n") - same,
            page.count(key) - same,
        )

    @cached_property
    def _lead_words(self) -> frozenset[str]:
        return frozenset(word for index in self.body[:LEAD] for word in self.scene.content(index))

    def lead_overlap(self, index: int) -> float:
        """The share of the block's words that the first blocks of the story have, from 0 to 1."""
        content = self.scene.content(index)
        return sum(word in self._lead_words for word in content) / max(3, len(content))

    @cached_property
    def _told(self) -> Counter[str]:
        return Counter(word for index in self.body[:TELLING] for word in set(self.scene.content(index)))

    def told_often(self, index: int) -> float:
        """The share of the block's words that at least `OFTEN` blocks of the story have, from 0 to 1."""
        content = self.scene.content(index)
        return sum(self._told[word] >= OFTEN for word in content) / max(3, len(content))

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

    def says_ago(self, index: int) -> bool:
        """True when the short block counts a time from now: "5 hours ago"; read once."""
        known = self._flags.get(("ago", index))
        if known is None:
            short = self.reading.word_counts[index] <= LINE_WORDS
            known = self._flags["ago", index] = short and bool(_AGO.search(self.reading.blocks[index].text))
        return known

    def _reads_date(self, index: int) -> bool:
        return self.reading.word_counts[index] <= LINE_WORDS and any(
            found.interval.precision == "day" for found in self.reading.dates(index)
        )
