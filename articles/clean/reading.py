"""What each block of a page says by itself, before its place among the others is looked at.

Cheap signs are read for every block; dear ones (dates, bylines, credits) only when a later stage asks, and
then once.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Literal

from articles.clean.article import Label, PageMarker
from articles.clean.bylines import Byline, read_byline
from articles.clean.chrome_phrases import chrome_reason, ends_story
from articles.clean.credits import PictureCredit, is_wire_tail, read_credit, read_source
from articles.clean.dates import DateOrder, FoundDate, find_dates
from articles.clean.language import detect_language, stop_words
from articles.clean.lexicons import lexicon, line_key, word_set
from articles.clean.line_marks import LineMark, LineMarks
from articles.clean.outlet_rules import OutletRule, OutletRules, line_pattern
from articles.clean.wrapping import Block, ends_sentence

# Words of a block that may be a byline with its date, of a caption.
LONGEST_BYLINE, LONGEST_CAPTION = 40, 90
# Words of a line that wording makes the outlet's own; longer ones may be prose that mentions it.
LONGEST_WORDING = 12
# Characters of "(Page 2 of 3)".
LONGEST_MARKER = 30
# Characters of a block that are looked at word by word. News paragraphs have some 300; a page of 10 MB in one
# line must not cost more than its share.
LONGEST_LOOK = 4000

DateCue = Literal["published", "updated"]

_PAGE_MARKER = re.compile(
    r"^[(\[]?\s*(?:page|seite|p[áa]gina|pagina|strana|страница)\s+(?P<page>\d{1,3})\s*(?:(?:of|von|de|di|sur|из|/)\s*(?P<of>\d{1,3}))?\s*[)\]]?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d+)?(?:z\b)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*")


class PageReading:
    """The blocks of one page with their signs. `rule` is the outlet's, when the page's outlet has one.

    `marked` holds for each block what a curator said of it, by `marks`; it outranks every other sign. `keys` are
    the `line_key`s of the blocks where the caller has them already.
    """

    def __init__(
        self,
        blocks: tuple[Block, ...],
        *,
        rules: OutletRules,
        rule: OutletRule | None,
        marks: tuple[LineMarks, ...] = (),
        keys: tuple[str, ...] | None = None,
    ) -> None:
        self.blocks = blocks
        self.rule = rule
        self.order: DateOrder | None = rule.date_order if rule else None
        self.keys = block_keys(blocks) if keys is None else keys
        self.marked = tuple(_mark_on(key, marks) or _kept(key, rule) for key in self.keys)
        self.word_counts = tuple(count_words(block.text) for block in blocks)
        self.repeats = Counter(self.keys)
        self.language = detect_language([block.text for block in blocks])
        self.stop_words = stop_words(self.language)
        self.chrome = tuple(self._chrome(index) for index in range(len(blocks)))
        self.press = rules.press
        self._dates: dict[int, tuple[FoundDate, ...]] = {}
        self._bylines: dict[int, Byline | None] = {}
        self._credits: dict[int, PictureCredit | None] = {}
        self._sources: dict[int, tuple[str, ...]] = {}
        self._caption_cues: dict[int, str | None] = {}

    def __len__(self) -> int:
        return len(self.blocks)

    def _chrome(self, index: int) -> str | None:
        """Why a phrase list, the outlet's own first, says that the block is never the story."""
        key, mark = self.keys[index], self.marked[index]
        if mark:
            return mark.reason if mark.label is Label.CHROME else None
        drop = line_pattern(self.rule.chrome) if self.rule else None
        if self.rule and drop and drop.fullmatch(key):
            return f"a line that {self.rule.name} puts on its pages"
        if self.rule and self.word_counts[index] <= LONGEST_WORDING and self.rule.is_worded(key):
            return f"a line by which {self.rule.name} is known"
        return chrome_reason(key, words=self.word_counts[index])

    def ends_story(self, index: int) -> bool:
        """True when the block is a heading that stands after stories."""
        return ends_story(self.keys[index], words=self.word_counts[index])

    def is_sentence(self, index: int) -> bool:
        """True when the block ends as a sentence does."""
        return ends_sentence(self.blocks[index].text)

    def dates(self, index: int) -> tuple[FoundDate, ...]:
        """The full dates in the block."""
        if index not in self._dates:
            self._dates[index] = find_dates(self.blocks[index].text, order=self.order)
        return self._dates[index]

    def byline(self, index: int) -> Byline | None:
        """The block read as a byline."""
        if index not in self._bylines:
            text = self.blocks[index].text
            self._bylines[index] = (
                None if self.word_counts[index] > LONGEST_BYLINE else read_byline(text, self.press)
            )
        return self._bylines[index]

    def credit(self, index: int) -> PictureCredit | None:
        """The picture credit the block is, or ends with."""
        if index not in self._credits:
            self._credits[index] = read_credit(self.blocks[index].text, self.press)
        return self._credits[index]

    def sources(self, index: int) -> tuple[str, ...]:
        """The agencies and outlets the block credits as the story's source."""
        if index not in self._sources:
            self._sources[index] = read_source(self.blocks[index].text, self.press)
        return self._sources[index]

    def is_wire_tail(self, index: int) -> bool:
        """True for "Reporting by ...; editing by ..."."""
        return is_wire_tail(self.blocks[index].text)

    def page_marker(self, index: int) -> PageMarker | None:
        """The block as "Page 2 of 3"; a bare "Page 2" counts only in brackets."""
        text = self.blocks[index].text
        match = _PAGE_MARKER.match(text) if len(text) <= LONGEST_MARKER else None
        if not match or not (match["of"] or text.startswith(("(", "["))):
            return None
        return PageMarker(
            int(match["page"]), int(match["of"]) if match["of"] else None, self.blocks[index].lines[0]
        )

    def caption_cue(self, index: int) -> str | None:
        """The words that mark the block as the text of a picture: "(c.)", "file photo"."""
        if index not in self._caption_cues:
            long = self.word_counts[index] > LONGEST_CAPTION
            self._caption_cues[index] = None if long else read_caption_cue(self.blocks[index].text)
        return self._caption_cues[index]

    def is_correction(self, index: int) -> bool:
        """True when the block corrects the story or says that it was changed."""
        return self.blocks[index].text[:60].casefold().startswith(_correction_starts())

    def is_date_line(self, index: int) -> bool:
        """True when the block is nothing but a date, its time and words about them."""
        found = self.dates(index)
        return bool(found) and not leftover_words(self.blocks[index].text, found)

    def date_cue(self, index: int, found: FoundDate) -> DateCue | None:
        """What the block says right before a date: published or updated."""
        return cue_before(self.blocks[index].text[: found.start])


def _mark_on(key: str, marks: tuple[LineMarks, ...]) -> LineMark | None:
    return next((mark for mark in (each.on(key) for each in marks) if mark), None)


def _kept(key: str, rule: OutletRule | None) -> LineMark | None:
    """Return the mark that a rule file makes by listing a line as always the story."""
    keep = line_pattern(rule.keep) if rule else None
    if not rule or not keep or not keep.fullmatch(key):
        return None
    return LineMark(Label.BODY, f"a line that {rule.name} has in its stories")


def block_keys(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The `line_key` of every block, long ones cut."""
    return tuple(line_key(block.text[:LONGEST_LOOK]) for block in blocks)


def count_words(text: str) -> int:
    """Words of a text; two characters count as one where a script writes no spaces."""
    words = text.count(" ") + 1 if text else 0
    if len(text) > 12 * words and not text.isascii():
        return max(words, len(text) // 2)
    return words


def read_caption_cue(text: str) -> str | None:
    """The first words of the list that mark a line as the text of a picture; at its beginning they count most."""
    starts, cues, any_cue = _caption_words()
    folded = text.casefold()
    if folded.startswith(starts):
        return next(start for start in starts if folded.startswith(start))
    return next(cue for cue in cues if cue in folded) if any_cue.search(folded) else None


@cache
def _caption_words() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str]]:
    """How captions begin, what stands anywhere in them, and the latter as one pattern, for most lines have none."""
    table = lexicon("captions")
    starts, cues = tuple(table["starts"]), tuple(table["cues"])
    return starts, cues, re.compile("|".join(map(re.escape, cues)))


@cache
def _correction_starts() -> tuple[str, ...]:
    return tuple(lexicon("corrections")["starts"])


@cache
def _cues() -> tuple[tuple[str, DateCue], ...]:
    table = lexicon("dates")["cues"]
    both: list[tuple[str, DateCue]] = [(cue, "published") for cue in table["published"]]
    both += [(cue, "updated") for cue in table["updated"]]
    return tuple(sorted(both, key=lambda item: -len(item[0])))


@cache
def _cue_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(" + "|".join(re.escape(cue) for cue, _ in _cues()) + r")(?!\w)")


def cue_before(text: str) -> DateCue | None:
    """The last cue word in the 60 characters before a date; None when there is none."""
    found = _cue_pattern().findall(text[-60:].casefold())
    return dict(_cues())[found[-1]] if found else None


@cache
def _date_fillers() -> frozenset[str]:
    table = lexicon("dates")
    cues = {word for cue, _ in _cues() for word in cue.split()}
    return frozenset({*table["cues"]["fillers"], *table["weekdays"]["names"], *cues})


def leftover_words(text: str, found: tuple[FoundDate, ...]) -> list[str]:
    """The words of a line that are neither date nor time nor about them."""
    for item in reversed(found):
        text = f"{text[: item.start]} {text[item.end :]}"
    fillers = _date_fillers()
    return [word for word in _WORD.findall(_CLOCK.sub(" ", text)) if word.casefold() not in fillers]


def is_section_name(key: str) -> bool:
    """True when the key is the name of a section: "world", "middle east"."""
    return key in word_set("sections", "names")
