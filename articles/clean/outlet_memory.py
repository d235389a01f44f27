"""Lines that other pages of the same outlet have too: menus, appeals, notices that no phrase list knows.

The memory is data that a caller passes to `clean_page`. Whoever has the pages at hand builds it:

    texts = (page.text for page in pages_of_the_outlet)      # not the page that is cleaned
    memory = remember(texts, outlet="Karrin Daily")
    clean_page(page, memory=memory)

An archive keeps the counts instead and grows them page by page (`articles.ingest.outlet_lines`):
`line_fingerprints` is what one page adds, `same_story` says which pages it must not be counted beside.
Measured in research/cleaning.md (section 4): with five pages an outlet F1 on whole pages rises from .914 to
.937. Two stories may share paragraphs, so a line must stand on several pages that are no copies of each
other, and a long passage that is shared stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from articles.clean.lines import read_lines
from articles.clean.reading import PageReading, block_keys
from articles.clean.wrapping import Block, join_wrapped

# On so many other pages a line must stand. Two pages may tell one story; research/cleaning.md asks for three.
FEWEST_PAGES = 3
# Words of a line that counts as a paragraph when copies of one story are told from each other.
LONG = 12
# Share of long lines that two pages have in common when they tell the same story; at least `PASSAGE` lines.
SAME_STORY = 0.4
# Long lines in a row that are a shared passage and stay, and the share of the body that may go at most.
PASSAGE, LARGEST_SHARE = 3, 0.4

_COUNT = re.compile(r"(?<=stands on )\d+(?= other pages of )")


@dataclass(frozen=True, slots=True)
class OutletMemory:
    """How many other pages of an outlet have each line, by the line's fingerprint."""

    pages: Mapping[int, int]
    outlet: str = "the outlet"

    def count(self, key: str) -> int:
        """On how many other pages a line with this `line_key` stands."""
        return self.pages.get(fingerprint(key), 0)


def fingerprint(key: str) -> int:
    """The fingerprint of a line's `line_key`: 64 bits as a signed number, as a database's integer holds it."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def fingerprints(text: str) -> dict[int, bool]:
    """The fingerprints of the lines of a plain-text page; the value is true for those long as a paragraph."""
    blocks = join_wrapped(read_lines(text))
    return line_fingerprints(blocks, block_keys(blocks))


def line_fingerprints(blocks: Iterable[Block], keys: Iterable[str]) -> dict[int, bool]:
    """The same for a page whose blocks and their `line_key`s are at hand."""
    return {
        fingerprint(key): block.text.count(" ") + 1 >= LONG
        for block, key in zip(blocks, keys, strict=True)
        if key
    }


def same_story(long_lines: Collection[int], holders: Mapping[int, int]) -> set[int]:
    """The pages that share so many of these long lines that they tell the same story.

    `holders` maps a line to the first page that has it. Leave out lines that FEWEST_PAGES have: they are the
    outlet's own, and an outlet with three long appeals would have all its pages taken for one story.
    """
    shared = Counter(holders[line] for line in long_lines if line in holders)
    least = max(PASSAGE, SAME_STORY * len(long_lines))
    return {page for page, lines in shared.items() if lines >= least}


def remember(texts: Iterable[str], *, outlet: str = "the outlet") -> OutletMemory:
    """The memory of pages of one outlet; of several pages that tell the same story one counts.

    The time is proportional to the lines: a page is compared only with the pages that share a long line.
    """
    counts: Counter[int] = Counter()
    holders: dict[int, int] = {}
    for number, text in enumerate(texts):
        lines = fingerprints(text)
        long_lines = [line for line, is_long in lines.items() if is_long]
        telling = {line: holders[line] for line in long_lines if 0 < counts[line] < FEWEST_PAGES}
        if same_story(long_lines, telling):
            continue
        counts.update(lines.keys())
        for line in long_lines:
            holders.setdefault(line, number)
    return OutletMemory(counts, outlet)


def without_count(reason: str) -> str:
    """A line's reason without the number of pages, which grows with the archive and says nothing new."""
    return _COUNT.sub("#", reason)


def remembered_lines(reading: PageReading, body: Iterable[int], memory: OutletMemory) -> dict[int, str]:
    """The blocks of the body that other pages have too, with the reason; none of a long shared passage."""
    kept = sorted(body)
    known = {index: memory.count(reading.keys[index]) for index in kept}
    found = [index for index in kept if known[index] >= FEWEST_PAGES]
    words = sum(reading.word_counts[index] for index in found)
    if words > LARGEST_SHARE * sum(reading.word_counts[index] for index in kept):
        return {}
    passages = _passages(reading, kept, set(found))
    return {
        index: f"it stands on {known[index]} other pages of {memory.outlet}"
        for index in found
        if index not in passages
    }


def _passages(reading: PageReading, kept: list[int], found: set[int]) -> set[int]:
    """The blocks of runs of `PASSAGE` or more known long lines."""
    passages: set[int] = set()
    run: list[int] = []
    for index in [*kept, -1]:
        if index in found and reading.word_counts[index] >= LONG:
            run.append(index)
            continue
        if len(run) >= PASSAGE:
            passages.update(run)
        run = []
    return passages
