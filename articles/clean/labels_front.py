"""The labels of the story's front: headline, byline, date, section, subtitle."""

from __future__ import annotations

from dataclasses import dataclass

from articles.clean.article import Label
from articles.clean.authors import RUN_REACH
from articles.clean.bylines import announces_author
from articles.clean.dates import find_issue_year
from articles.clean.field_model import FieldModel
from articles.clean.front import Front
from articles.clean.labelling import Labelling
from articles.clean.reading import PageReading, is_section_name, leftover_words

# Blocks on both sides of the story in which dates and bylines are looked for.
FRONT, BACK = 8, 6
# A standfirst in words, how many lines it may have, and the words of one that reads as a second title.
SHORTEST_STANDFIRST, LONGEST_STANDFIRST, MOST_STANDFIRSTS = 4, 70, 2
SECOND_TITLE = range(6, 41)
# How far above the headline the name of its section may stand, in blocks.
SECTION_REACH = 2
# A line that opens with a date is a date line up to this length, in words.
LONGEST_DATE_LINE = 16
# What stands above the headline is dropped when it is at most this share of the kept words.
LARGEST_TOP = 0.25
# A name without "By" next to the headline is no byline below this probability; by hand, on pages of the folds
# that the model did not see (benchmarks/train_lines.py).
HARDLY = 0.05


def label_front(labelling: Labelling, fields: FieldModel | None) -> None:
    """Headline, byline, date, section and subtitle; `fields` chooses where given, hand-made rules where not."""
    reading, body = labelling.reading, labelling.body
    marked = next((index for index, label in enumerate(labelling.labels) if label is Label.HEADLINE), None)
    front = Front(reading, [score.p for score in labelling.scores], tuple(body)) if body else None
    found = _choose_headline(front, fields) if front and marked is None else None
    if marked is not None:
        _take_headline(labelling, marked, "the page's markup makes it the headline")
    elif found:
        _take_headline(labelling, found.index, found.reason)
    top = labelling.headline if labelling.headline is not None else (body[0] if body else 0)
    body = labelling.body
    start = body[0] if body else top
    for index in range(max(0, top - 4), min(len(reading), start + FRONT)):
        if _may_be_front(labelling, index):
            _label_front_block(labelling, index, above=index < top)
    if fields and front:
        _drop_doubtful_names(labelling, fields, front)
    _drop_dates_above(labelling, top)
    for index in range(body[-1] + 1 if body else 0, min(len(reading), (body[-1] if body else 0) + BACK)):
        if labelling.labels[index] is None and reading.is_date_line(index):
            labelling.give(index, Label.DATE, "a date right after the story")
    if fields and front:
        _label_missing(labelling, fields, front)
    _label_standfirst(labelling)


def _may_be_front(labelling: Labelling, index: int) -> bool:
    """True unless the block has a label that stands, or is a sentence of the story.

    A date in figures has no letter, and a phrase list takes it for the number of a page.
    """
    if labelling.reading.is_date_line(index):
        return labelling.is_free(index) or labelling.labels[index] is Label.CHROME
    sentence = labelling.labels[index] is Label.BODY and labelling.reading.is_sentence(index)
    return labelling.is_free(index) and not sentence


def _drop_doubtful_names(labelling: Labelling, fields: FieldModel, front: Front) -> None:
    """Take back a byline without "By" that the model hardly believes: sections and places read as names too."""
    reading = labelling.reading
    doubtful = [
        i for i, label in enumerate(labelling.labels) if label is Label.BYLINE and _is_bare_name(reading, i)
    ]
    if not doubtful:
        return
    p = fields.probabilities("byline", front, sorted({*front.bylines(), *doubtful}))
    for index in doubtful:
        # A list of authors, a name a line, stands or falls with its first.
        follows = any(labelling.labels[i] is Label.BYLINE for i in range(max(0, index - RUN_REACH), index))
        if _is_of_headline(labelling, index):
            labelling.give(index, Label.CHROME, "it reads as a name, but the headline has it")
        elif p[index] < HARDLY and not follows:
            labelling.give(
                index, Label.CHROME, f"it reads as a name but hardly as the author's ({p[index]:.0%} sure)"
            )


def _is_of_headline(labelling: Labelling, index: int) -> bool:
    """True when the block is a copy of the headline or of a part of it."""
    keys, top = labelling.reading.keys, labelling.headline
    return top is not None and keys[index] in keys[top]


def _is_bare_name(reading: PageReading, index: int) -> bool:
    byline = reading.byline(index)
    announced = index > 0 and announces_author(reading.blocks[index - 1].text)
    return bool(byline and byline.names and not byline.led and not announced)


def _drop_dates_above(labelling: Labelling, top: int) -> None:
    """A date above the headline is the site's or another story's when one stands below it."""
    dated = [
        i for i, label in enumerate(labelling.labels) if label is Label.DATE and labelling.reading.dates(i)
    ]
    if any(index > top for index in dated):
        for index in dated:
            if index < top:
                labelling.give(
                    index, Label.CHROME, "a date above the headline, and the story has one below it"
                )


@dataclass(frozen=True, slots=True)
class _Headline:
    index: int
    reason: str


def _choose_headline(front: Front, fields: FieldModel | None) -> _Headline | None:
    found = front.hand_pick
    if fields:
        choice = fields.choose("headline", front, front.titles(), agreed=found)
        return _Headline(choice.index, choice.reason) if choice else None
    return (
        None if found is None else _Headline(found, "the line above the story that shares most words with it")
    )


def _label_missing(labelling: Labelling, fields: FieldModel, front: Front) -> None:
    """A byline and a date from further away, where the rules found none next to the headline."""
    reading = labelling.reading
    given = {Label.BYLINE, Label.DATE}
    bylines = [reading.byline(i) for i, label in enumerate(labelling.labels) if label is Label.BYLINE]
    if not any(byline for byline in bylines):
        free = [
            i for i in front.bylines() if labelling.labels[i] is None and not _is_of_headline(labelling, i)
        ]
        choice = fields.choose("byline", front, free)
        if choice:
            labelling.give(choice.index, Label.BYLINE, f"it may say who wrote the story: {choice.reason}")
    if not any(reading.dates(i) for i, label in enumerate(labelling.labels) if label in given):
        last = _second(labelling)
        short = [i for i in front.dates() if i <= last and reading.word_counts[i] <= LONGEST_DATE_LINE]
        choice = fields.choose("date", front, [i for i in short if labelling.labels[i] is None])
        if choice:
            labelling.give(
                choice.index, Label.DATE, f"it may say when the story was published: {choice.reason}"
            )


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
