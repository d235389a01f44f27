"""Putting the article together: fields from labelled blocks, paragraphs, a label for every input line."""

from __future__ import annotations

from articles.capture.page import RawPage
from articles.clean.article import Caption, CleanArticle, Field, Label, LabelledLine, PageMarker, Paragraph
from articles.clean.authors import find_authors
from articles.clean.dateline import Dateline, read_dateline
from articles.clean.labelling import Labelling
from articles.clean.lines import InputLine
from articles.clean.published import StoryDates, choose_dates, line_witnesses


def build_article(
    page: RawPage,
    lines: tuple[InputLine, ...],
    labelling: Labelling,
    *,
    outlet: Field[str | None],
    method: str,
) -> CleanArticle:
    """The article that labelled blocks make."""
    paragraphs = build_paragraphs(labelling)
    dateline = find_dateline(labelling)
    dates = _story_dates(page, labelling, dateline)
    return CleanArticle(
        headline=_one_line(
            labelling, Label.HEADLINE, "labels", 0.85, "No line above the story reads as its headline."
        ),
        subtitle=_one_line(
            labelling,
            Label.SUBTITLE,
            "place below the headline",
            0.8,
            "No line stands where a subtitle would.",
        ),
        authors=find_authors(labelling),
        outlet=outlet,
        dateline=_dateline_field(dateline),
        section=_one_line(
            labelling,
            Label.SECTION,
            "place above the headline",
            0.6,
            "No section is named above the headline.",
        ),
        published=dates.published,
        updated=dates.updated,
        source_credits=_find_sources(labelling),
        page_marker=_find_page_marker(labelling),
        captions=_find_captions(labelling),
        paragraphs=paragraphs,
        lines=label_lines(lines, labelling),
        language=labelling.reading.language,
        method=method,
    )


def _story_dates(page: RawPage, labelling: Labelling, dateline: Dateline | None) -> StoryDates:
    """Published and updated; the capture only bounds them from above."""
    captured = page.captured_at.date() if page.captured_at else None
    return choose_dates(line_witnesses(labelling, dateline, url=page.url), not_after=captured)


def build_paragraphs(labelling: Labelling) -> tuple[Paragraph, ...]:
    """The body blocks as paragraphs with their offsets in the body."""
    paragraphs, start = [], 0
    for index in labelling.body:
        block = labelling.reading.blocks[index]
        paragraphs.append(Paragraph(block.shown, block.lines, start))
        start += len(block.shown) + 2
    return tuple(paragraphs)


def label_lines(lines: tuple[InputLine, ...], labelling: Labelling) -> tuple[LabelledLine, ...]:
    """Every input line with the label of its block; lines without anything to read are blank."""
    by_number = {
        number: index for index, block in enumerate(labelling.reading.blocks) for number in block.lines
    }
    labelled = []
    for line in lines:
        index = by_number.get(line.number)
        label = labelling.labels[index] if index is not None else None
        if index is None or label is None:
            labelled.append(LabelledLine(line.number, line.raw, Label.BLANK, "Nothing to read on this line."))
        else:
            spoke_for_it = labelling.overruled.get(index, "")
            labelled.append(
                LabelledLine(line.number, line.raw, label, labelling.reasons[index], spoke_for_it)
            )
    return tuple(labelled)


def _with_label(labelling: Labelling, label: Label) -> list[int]:
    return [index for index, given in enumerate(labelling.labels) if given is label]


def _one_line(
    labelling: Labelling, label: Label, method: str, confidence: float, missing: str
) -> Field[str | None]:
    """The text of the blocks with a label as one value."""
    found = _with_label(labelling, label)
    if not found:
        return Field(None, "none", 0.0, note=missing)
    blocks = [labelling.reading.blocks[index] for index in found]
    lines = tuple(number for block in blocks for number in block.lines)
    return Field(
        " ".join(block.text for block in blocks), method, confidence, lines, labelling.reasons[found[0]]
    )


def find_dateline(labelling: Labelling) -> Dateline | None:
    """The dateline with which the body begins."""
    body, reading = labelling.body, labelling.reading
    return read_dateline(reading.blocks[body[0]], reading.press, order=reading.order) if body else None


def _dateline_field(dateline: Dateline | None) -> Field[str | None]:
    if dateline is None:
        return Field(None, "none", 0.0, note="The story does not begin with a dateline.")
    return Field(
        dateline.place,
        "beginning of the story",
        0.9,
        dateline.lines,
        f"The story begins with “{dateline.text}”.",
    )


def _find_sources(labelling: Labelling) -> Field[tuple[str, ...]]:
    found = _with_label(labelling, Label.SOURCE)
    reading = labelling.reading
    names = tuple(dict.fromkeys(name for index in found for name in reading.sources(index)))
    if not names:
        return Field((), "none", 0.0, note="No line names an agency as the source.")
    lines = tuple(number for index in found for number in reading.blocks[index].lines)
    return Field(
        names, "source line", 0.9, lines, " ".join(reading.blocks[index].text for index in found)[:300]
    )


def _find_page_marker(labelling: Labelling) -> PageMarker | None:
    found = _with_label(labelling, Label.PAGE_MARKER)
    return labelling.reading.page_marker(found[0]) if found else None


def _find_captions(labelling: Labelling) -> tuple[Caption, ...]:
    """Captions with their credits, whether these end the caption's line or stand on the next."""
    reading, captions = labelling.reading, []
    for index in _with_label(labelling, Label.CAPTION):
        block = reading.blocks[index]
        follows = index + 1 < len(reading) and labelling.labels[index + 1] is Label.CREDIT
        credit = reading.credit(index + 1) if follows else reading.credit(index)
        lines = block.lines + (reading.blocks[index + 1].lines if follows else ())
        captions.append(
            Caption(
                block.text,
                credit.text if credit else None,
                credit.photographer if credit else None,
                credit.agency if credit else None,
                lines,
            )
        )
    return tuple(captions)
