"""Lines that other pages of the same outlet have too: menus, appeals, notices that no phrase list knows.

The memory is data that a caller passes to `clean_page`. Whoever stores pages fills it:

    texts = (page.text for page in pages_of_the_outlet)      # not the page that is cleaned
    memory = remember(texts)
    clean_page(page, memory=memory)

It can be kept and grown instead of built anew: `fingerprints(text)` gives what one page adds, and the counts of
`OutletMemory` are how many pages have each. Measured in research/cleaning.md (section 4): with five pages an
outlet F1 on whole pages rises from .914 to .937. Two stories may share paragraphs, so a line must stand on
several pages that are no copies of each other, and a long passage that is shared stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from articles.clean.lexicons import line_key
from articles.clean.lines import read_lines
from articles.clean.reading import LONGEST_LOOK, PageReading

# On so many other pages a line must stand. Two pages may tell one story; research/cleaning.md asks for three.
FEWEST_PAGES = 3
# Words of a line that counts as a paragraph when copies of one story are told from each other.
LONG = 12
# Share of long lines that two pages have in common when they tell the same story; at least `PASSAGE` lines.
SAME_STORY = 0.4
# Long lines in a row that are a shared passage and stay, and the share of the body that may go at most.
PASSAGE, LARGEST_SHARE = 3, 0.4


@dataclass(frozen=True, slots=True)
class OutletMemory:
    """How many other pages have each line, by the line's fingerprint."""

    pages: Mapping[str, int]

    def count(self, key: str) -> int:
        """On how many other pages a line with this `line_key` stands."""
        return self.pages.get(fingerprint(key), 0)


def fingerprint(key: str) -> str:
    """The fingerprint of a line's `line_key`: 16 hexadecimal digits."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def fingerprints(text: str) -> dict[str, bool]:
    """The fingerprints of a page's lines; the value is true for lines as long as a paragraph."""
    found = {}
    for line in read_lines(text):
        key = line_key(line.text[:LONGEST_LOOK])
        if key:
            found[fingerprint(key)] = line.text.count(" ") + 1 >= LONG
    return found


def remember(texts: Iterable[str]) -> OutletMemory:
    """The memory of pages of one outlet; of several pages that tell the same story one counts.

    The time is proportional to the lines: a page is compared only with the pages that share a long line.
    """
    counts: Counter[str] = Counter()
    holders: dict[str, int] = {}
    for number, text in enumerate(texts):
        lines = fingerprints(text)
        long_lines = [line for line, is_long in lines.items() if is_long]
        shared = Counter(holders[line] for line in long_lines if line in holders)
        if shared and max(shared.values()) >= max(PASSAGE, SAME_STORY * len(long_lines)):
            continue
        counts.update(lines.keys())
        for line in long_lines:
            holders.setdefault(line, number)
    return OutletMemory(counts)


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
        index: f"{known[index]} other pages of the outlet have the same line"
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
