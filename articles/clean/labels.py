"""Giving every block a label and a reason, by rules in a fixed order.

A later rule may take back what an earlier one said; each writes its reason on the line. The order:

1. body: the blocks that `choose_body` (or, for HTML, trafilatura) took;
2. phrases that are never the story; page markers;
3. pictures: captions and their credits;
4. sources: "(Reuters, MT)", "Reporting by ...";
5. copies: a line that the next one begins with, a line that came before;
6. the end: what follows a heading such as "Read Comments";
7. the front: headline, byline, date, section, subtitle;
8. the rest is chrome, with the reason of its place;
9. what a curator marked is what the curator said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.clean.article import Label
from articles.clean.chrome_phrases import begins_comments
from articles.clean.dates import find_issue_year
from articles.clean.headline import begins_next, find_headline
from articles.clean.prose import ProseScore
from articles.clean.reading import LONGEST_CAPTION, PageReading, is_section_name, leftover_words

# The end cut may take at most this share of the kept words. Measured in research/cleaning.md (section 5):
# .2 helps a little, .4 harms, because such headings also stand inside stories.
LARGEST_CUT = 0.2
# Behind the heading of readers' comments, up to half may go.
LARGEST_COMMENTS = 0.5
# Blocks on both sides of the story in which dates, bylines, captions and sources are looked for.
FRONT, BACK = 8, 6
# A standfirst in words, how many lines it may have, and the words of one that reads as a second title.
SHORTEST_STANDFIRST, LONGEST_STANDFIRST, MOST_STANDFIRSTS = 4, 70, 2
SECOND_TITLE = range(6, 41)
# A caption in words; a copy of an earlier line is dropped from so many words on, as "Yes." may come twice.
SHORTEST_CAPTION, SHORTEST_COPY = 2, 4
# Share of the story's words that copies may have. More of them is a table, a song or a record of changes.
MOST_COPIES = 0.25
# How far above the headline the name of its section may stand, in blocks.
SECTION_REACH = 2
# A line that opens with a date is a date line up to this length, in words.
LONGEST_DATE_LINE = 16
# A note about the author: its verbs and its length in words.
NOTE_VERBS = ("is", "was", "covers", "reports", "writes", "has", "joined")
LONGEST_NOTE = 70
# What stands above the headline is dropped when it is at most this share of the kept words.
LARGEST_TOP = 0.25


@dataclass(slots=True)
class Labelling:
    """The labels being given. `body` lists the indices that are body now, in order."""

    reading: PageReading
    scores: tuple[ProseScore, ...]
    labels: list[Label | None] = field(init=False)
    reasons: list[str] = field(init=False)
    headline: int | None = None

    def __post_init__(self) -> None:
        self.labels = [None] * len(self.reading)
        self.reasons = [""] * len(self.reading)

    def give(self, index: int, label: Label, reason: str) -> None:
        """Label a block, whatever it was before."""
        self.labels[index] = label
        self.reasons[index] = f"{reason[:1].upper()}{reason[1:]}."

    def is_free(self, index: int) -> bool:
        """True when no rule has labelled the block yet, or only as body."""
        return self.labels[index] in {None, Label.BODY}

    @property
    def body(self) -> list[int]:
        """Indices of the blocks that are body."""
        return [index for index, label in enumerate(self.labels) if label is Label.BODY]

    def words(self, indices: list[int]) -> int:
        """How many words the blocks have together."""
        return sum(self.reading.word_counts[index] for index in indices)


def label_blocks(
    reading: PageReading,
    scores: tuple[ProseScore, ...],
    body: Mapping[int, str],
    *,
    marked: Mapping[int, Label] | None = None,
    remembered: Mapping[int, str] | None = None,
) -> Labelling:
    """Labels and reasons for all blocks of the page.

    `body` maps the blocks taken as body to the reason for it; `marked` gives the labels that markup tells;
    `remembered` maps lines of the outlet's other pages to what was seen of them.
    """
    labelling = Labelling(reading, scores)
    for index, reason in body.items():
        labelling.give(index, Label.BODY, reason)
    for index, label in (marked or {}).items():
        labelling.give(index, label, f"the page's markup makes it the {label.value}")
    for index, reason in (remembered or {}).items():
        labelling.give(index, Label.CHROME, reason)
    _label_phrases(labelling)
    _label_pictures(labelling)
    _label_sources(labelling)
    _drop_copies(labelling)
    _cut_end(labelling)
    _label_front(labelling)
    _drop_author_notes(labelling)
    _label_rest(labelling)
    _obey_curators(labelling)
    return labelling


def _obey_curators(labelling: Labelling) -> None:
    for index, mark in enumerate(labelling.reading.marked):
        if mark:
            labelling.give(index, mark.label, mark.reason)


def _label_phrases(labelling: Labelling) -> None:
    reading = labelling.reading
    for index, reason in enumerate(reading.chrome):
        if not labelling.is_free(index):
            continue
        if reason:
            labelling.give(index, Label.CHROME, reason)
        elif reading.page_marker(index):
            labelling.give(index, Label.PAGE_MARKER, "it numbers the pages of the story")
        elif reading.is_correction(index):
            labelling.give(index, Label.CORRECTION, "it says what was changed in the story")


def _zone(labelling: Labelling, *, before: int, after: int) -> range:
    """The blocks from `before` above the story to `after` below it; empty when there is no story."""
    body = labelling.body
    if not body:
        return range(0)
    return range(max(0, body[0] - before), min(len(labelling.reading), body[-1] + after + 1))


def _label_pictures(labelling: Labelling) -> None:
    reading = labelling.reading
    zone = _zone(labelling, before=FRONT, after=2)
    for index in zone:
        if not labelling.is_free(index) or reading.word_counts[index] > LONGEST_CAPTION:
            continue
        credit = reading.credit(index)
        if credit and credit.alone:
            labelling.give(index, Label.CREDIT, f"it credits a picture: {credit.text}")
            if index - 1 in zone and _may_be_caption(labelling, index - 1):
                labelling.give(
                    index - 1, Label.CAPTION, f"the text of a picture: the credit “{credit.text}” follows"
                )
        elif credit and _may_be_caption(labelling, index):
            labelling.give(
                index, Label.CAPTION, f"the text of a picture: it ends with the credit “{credit.text}”"
            )
        elif reading.caption_cue(index) and _may_be_caption(labelling, index):
            labelling.give(
                index, Label.CAPTION, f"the text of a picture: it has “{reading.caption_cue(index)}”"
            )


def _may_be_caption(labelling: Labelling, index: int) -> bool:
    """True unless the block has another label, is too long, or opens with a quotation."""
    text = labelling.reading.blocks[index].text
    return (
        labelling.is_free(index)
        and SHORTEST_CAPTION <= labelling.reading.word_counts[index] <= LONGEST_CAPTION
        and text[:1] not in '"“«„'
    )


def _label_sources(labelling: Labelling) -> None:
    reading = labelling.reading
    for index in _zone(labelling, before=FRONT, after=BACK):
        if labelling.labels[index] not in {None, Label.BODY}:
            continue
        sources = reading.sources(index)
        if sources:
            labelling.give(
                index, Label.SOURCE, f"it names where the story was taken from: {', '.join(sources)}"
            )
        elif reading.is_wire_tail(index):
            labelling.give(index, Label.SOURCE, "it says who reported and edited the story for an agency")


def _drop_copies(labelling: Labelling) -> None:
    """Take out cut-off copies, and later copies of a line of the story unless it repeats itself all over."""
    reading = labelling.reading
    seen: set[str] = set()
    copies: list[int] = []
    for index in _zone(labelling, before=FRONT, after=0):
        if labelling.is_free(index) and begins_next(reading, index) and not reading.is_sentence(index):
            labelling.give(index, Label.CHROME, "a cut-off copy of the line after it")
        if labelling.labels[index] is Label.BODY:
            if reading.keys[index] in seen and reading.word_counts[index] >= SHORTEST_COPY:
                copies.append(index)
            seen.add(reading.keys[index])
    if labelling.words(copies) <= MOST_COPIES * labelling.words(labelling.body):
        for index in copies:
            labelling.give(index, Label.CHROME, "a copy of a line that came before")


def _cut_end(labelling: Labelling) -> None:
    """Drop what is kept behind a heading that ends stories, if that is little."""
    reading, body = labelling.reading, labelling.body
    if not body:
        return
    total = labelling.words(body)
    cut: int | None = None
    behind = 0
    for index in range(body[-1], body[0], -1):
        behind += reading.word_counts[index] if labelling.labels[index] is Label.BODY else 0
        if behind > LARGEST_COMMENTS * total:
            break
        limit = LARGEST_COMMENTS if begins_comments(reading.keys[index]) else LARGEST_CUT
        if behind and behind <= limit * total and _is_end(labelling, index):
            cut = index
    for index in body if cut is not None else ():
        if cut is not None and index > cut:
            place = reading.blocks[cut].text[:40]
            labelling.give(index, Label.CHROME, f"it stands behind “{place}”, where the story is over")


def _is_end(labelling: Labelling, index: int) -> bool:
    return labelling.labels[index] is Label.SOURCE or labelling.reading.ends_story(index)


def _label_front(labelling: Labelling) -> None:
    reading, body = labelling.reading, labelling.body
    marked = next((index for index, label in enumerate(labelling.labels) if label is Label.HEADLINE), None)
    found = find_headline(reading, body) if marked is None else None
    if marked is not None:
        _take_headline(labelling, marked, "the page's markup makes it the headline")
    elif found:
        _take_headline(labelling, found.index, "the line above the story that shares most words with it")
    top = labelling.headline if labelling.headline is not None else (body[0] if body else 0)
    body = labelling.body
    start = body[0] if body else top
    for index in range(max(0, top - 4), min(len(reading), start + FRONT)):
        if labelling.is_free(index) and not (
            labelling.labels[index] is Label.BODY and reading.is_sentence(index)
        ):
            _label_front_block(labelling, index, above=index < top)
    for index in range(body[-1] + 1 if body else 0, min(len(reading), (body[-1] if body else 0) + BACK)):
        if labelling.labels[index] is None and reading.is_date_line(index):
            labelling.give(index, Label.DATE, "a date right after the story")
    _label_standfirst(labelling)


def _take_headline(labelling: Labelling, headline: int, reason: str) -> None:
    """Label the headline, and take back what stands above it if that is little."""
    labelling.headline = headline
    labelling.give(headline, Label.HEADLINE, reason)
    body = labelling.body
    above = [index for index in body if index < headline]
    if labelling.words(above) <= LARGEST_TOP * labelling.words(body):
        for index in above:
            labelling.give(index, Label.CHROME, "it stands above the headline")


def _label_front_block(labelling: Labelling, index: int, *, above: bool) -> None:
    """Date, byline or section, for a block near the headline."""
    reading = labelling.reading
    byline = reading.byline(index)
    if reading.is_date_line(index):
        labelling.give(index, Label.DATE, "a line that is nothing but a date, next to the headline")
    elif byline and (byline.led or not above) and (labelling.headline is not None or byline.led):
        named = ", ".join((*byline.names, *byline.roles, *byline.agencies))
        labelling.give(index, Label.BYLINE, f"it says who wrote the story: {named}")
    elif _opens_with_date(reading, index) or (
        _short_with_date(reading, index) and not above and index <= _second(labelling)
    ):
        labelling.give(index, Label.DATE, "a short line with a date, next to the headline")
    elif (
        above
        and is_section_name(reading.keys[index])
        and labelling.headline is not None
        and labelling.headline - index <= SECTION_REACH
    ):
        labelling.give(index, Label.SECTION, "the name of a section right above the headline")


def _second(labelling: Labelling) -> int:
    """The second block of the story: dates in the wording of later lines are not the story's."""
    body = labelling.body
    return body[min(1, len(body) - 1)] if body else len(labelling.reading)


def _opens_with_date(reading: PageReading, index: int) -> bool:
    """True for a short line that is a date with words after it: "21 May 2013 17:48 GMT (Adds quotes)"."""
    found = reading.dates(index)
    if not found or reading.word_counts[index] > LONGEST_DATE_LINE:
        return False
    return not leftover_words(reading.blocks[index].text[: found[0].end], found[:1])


def _short_with_date(reading: PageReading, index: int) -> bool:
    """True for a short line with a date or the year of an issue, wherever in it."""
    text = reading.blocks[index].text
    if reading.word_counts[index] > LONGEST_DATE_LINE or reading.is_sentence(index):
        return False
    return bool(reading.dates(index) or find_issue_year(text))


def _drop_author_notes(labelling: Labelling) -> None:
    """What stands at the story's end about its author: "Jane Roe is our diplomatic editor"."""
    reading = labelling.reading
    bylines = [reading.byline(index) for index, label in enumerate(labelling.labels) if label is Label.BYLINE]
    names = tuple(
        f"{name} {verb} " for byline in bylines if byline for name in byline.names for verb in NOTE_VERBS
    )
    for index in labelling.body[-3:]:
        if (
            names
            and reading.blocks[index].text.startswith(names)
            and reading.word_counts[index] <= LONGEST_NOTE
        ):
            labelling.give(index, Label.CHROME, "a note about the author")


_SEPARATORS = {Label.BYLINE, Label.DATE, Label.PAGE_MARKER}


def _label_standfirst(labelling: Labelling) -> None:
    """One or two blocks between the headline and the byline, date or page marker are the subtitle."""
    reading, top = labelling.reading, labelling.headline
    if top is None:
        return
    start = next(
        (i for i in range(top + 1, min(top + FRONT, len(reading))) if labelling.labels[i] in _SEPARATORS),
        None,
    )
    between = range(top + 1, start if start is not None else top + 1)
    found = [
        i for i in between if labelling.labels[i] in {None, Label.BODY} and _may_be_standfirst(reading, i)
    ]
    rest = [i for i in labelling.body if i not in found]
    if start is None:
        found = _title_like_after(labelling, top)
        reason = "a second title right below the headline"
    else:
        reason = f"it stands between the headline and the line “{reading.blocks[start].text[:40]}”"
    if found and len(found) <= MOST_STANDFIRSTS and rest:
        for index in found:
            labelling.give(index, Label.SUBTITLE, reason)


def _may_be_standfirst(reading: PageReading, index: int) -> bool:
    return SHORTEST_STANDFIRST <= reading.word_counts[index] <= LONGEST_STANDFIRST


def _title_like_after(labelling: Labelling, top: int) -> list[int]:
    """The block right below the headline when it reads as a title and not as a sentence."""
    reading, index = labelling.reading, top + 1
    if (
        index >= len(reading)
        or labelling.labels[index] not in {None, Label.BODY}
        or reading.is_sentence(index)
    ):
        return []
    followed = any(i > index for i in labelling.body)
    return (
        [index]
        if followed and reading.word_counts[index] in SECOND_TITLE and not reading.blocks[index].mark
        else []
    )


def _label_rest(labelling: Labelling) -> None:
    body, reading = labelling.body, labelling.reading
    over: int | None = None
    for index, label in enumerate(labelling.labels):
        if body and index > body[-1] and over is None and reading.ends_story(index):
            over = index
        if label is not None:
            continue
        why = labelling.scores[index].why
        if not body:
            place = "no prose to speak of was found on the page"
        elif index < body[0]:
            place = f"above the story and not a part of its head ({why})"
        elif over is not None and index > over:
            place = f"it stands behind “{reading.blocks[over].text[:40]}”, where the story is over ({why})"
        elif index > body[-1]:
            place = f"after the story ({why})"
        else:
            place = f"inside the story but not like it ({why})"
        labelling.give(index, Label.CHROME, place)
