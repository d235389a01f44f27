"""Cleaning an HTML page: trafilatura finds the body, the page's own metadata the fields.

The lines of such a page are the lines of its visible text, numbered from 1; each gets a label, as in
plain text, so that a person can see what was taken and what was left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html

from articles.capture.page import RawPage
from articles.clean.article import CleanArticle, Field, Label, Paragraph
from articles.clean.assemble import build_article, find_dateline
from articles.clean.bylines import name_without_spaces, split_role
from articles.clean.dates import day_interval
from articles.clean.html_lines import VisibleLine, visible_lines
from articles.clean.html_metadata import PageMetadata, StatedDate, read_metadata
from articles.clean.labelling import Labelling
from articles.clean.labels import label_blocks
from articles.clean.lines import InputLine, plain
from articles.clean.outlet_rules import OutletRules, find_outlet
from articles.clean.prose import score_prose
from articles.clean.published import StoryDates, Witness, choose_dates, line_witnesses
from articles.clean.reading import DateCue, PageReading, block_keys
from articles.clean.wrapping import Block

METHOD = "html 1"

# How sure a date from metadata is, by the first word of its place.
SURE = {"JSON-LD": 0.97, "meta": 0.95, "time": 0.9}
SURE_HTMLDATE = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph of trafilatura's body with the visible lines that it is made of, if they were found."""

    text: str
    blocks: tuple[int, ...]


def clean_html(page: RawPage, *, rules: OutletRules) -> CleanArticle:
    """What an HTML page holds.

    1. tree: parsed once for all readers;
    2. lines: the visible text;
    3. body: trafilatura's paragraphs, each found again among the lines;
    4. labels: body lines by that match, the rest by the rules of plain text;
    5. fields: as from plain text, then metadata where it says more.
    """
    # 1. Tree.
    tree = load_html(page.text) if page.text.strip() else None
    # 2. Lines.
    visible = visible_lines(tree) if tree is not None else ()
    lines = tuple(
        InputLine(number, line.text, line.text, "", 0) for number, line in enumerate(visible, start=1)
    )
    blocks = tuple(Block(line.text, (line.number,), "", 1) for line in lines)
    metadata = read_metadata(tree) if tree is not None else None
    outlet = _find_outlet(blocks, page.url, metadata, rules)
    reading = PageReading(
        blocks,
        rules=rules,
        rule=rules.named(outlet.value) if outlet.value else None,
        marks=rules.marks_for(outlet.value),
    )
    # 3. Body.
    matches = match_paragraphs(_body_paragraphs(page, tree), blocks)
    # 4. Labels.
    body = {
        index: "it is in the text that trafilatura takes for the story"
        for match in matches
        for index in match.blocks
    }
    labelling = label_blocks(reading, score_prose(reading), body, marked=_marked(visible, metadata, body))
    _label_by_element(labelling, visible)
    # 5. Fields.
    article = build_article(page, lines, labelling, outlet=outlet, method=METHOD)
    article = replace(article, paragraphs=_paragraphs(_with_marked(matches, labelling), labelling))
    return (
        _with_metadata(article, metadata, _dates(page, tree, labelling, metadata), rules)
        if metadata
        else article
    )


def _body_paragraphs(page: RawPage, tree: HtmlElement | None) -> tuple[str, ...]:
    """The paragraphs trafilatura finds; none when it finds no body."""
    if tree is None:
        return ()
    document = bare_extraction(page.text, url=page.url, include_comments=False, include_tables=True)
    text = document.text if document is not None and not isinstance(document, dict) else None
    return tuple(filter(None, map(plain, (text or "").splitlines())))


_KEY = re.compile(r"[\W_]+")


def match_paragraphs(paragraphs: tuple[str, ...], blocks: tuple[Block, ...]) -> tuple[Match, ...]:
    """Each paragraph with the line it is; a paragraph that runs several lines together becomes one for each.

    Lines are taken in order, each once, so that the work stays proportional to the page.
    """
    keys = tuple(_KEY.sub("", block.text.casefold()) for block in blocks)
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, []).append(index)
    matches: list[Match] = []
    cursor = 0
    for paragraph in paragraphs:
        key = _KEY.sub("", paragraph.casefold())
        exact = next((index for index in places.get(key, ()) if index >= cursor), None)
        within = () if exact is not None else _lines_within(key, keys, cursor)
        if exact is not None:
            matches.append(Match(paragraph, (exact,)))
        elif within:
            matches += [Match(blocks[index].text, (index,)) for index in within]
        else:
            matches.append(Match(paragraph, ()))
        last = exact if exact is not None else within[-1] if within else cursor - 1
        cursor = last + 1
    return tuple(matches)


# How far ahead of the last match the lines of a paragraph are looked for, in lines.
_AHEAD = 60
# Lines shorter than this, in letters, are found inside any text by chance.
_SHORTEST = 12
# Share of a paragraph's letters that the lines found in it must have.
_LEAST_SHARE = 0.6


def _lines_within(key: str, keys: tuple[str, ...], cursor: int) -> tuple[int, ...]:
    """The lines soon after `cursor` whose texts stand in the paragraph, in its order."""
    at, found = 0, []
    for index in range(cursor, min(cursor + _AHEAD, len(keys))):
        line = keys[index]
        place = key.find(line, at) if len(line) >= _SHORTEST else -1
        if place >= 0:
            found.append(index)
            at = place + len(line)
    letters = sum(len(keys[index]) for index in found)
    return tuple(found) if letters >= _LEAST_SHARE * len(key) else ()


def _paragraphs(matches: tuple[Match, ...], labelling: Labelling) -> tuple[Paragraph, ...]:
    """Trafilatura's paragraphs whose lines are still body after the rules."""
    paragraphs, start = [], 0
    for match in matches:
        kept = [index for index in match.blocks if labelling.labels[index] is Label.BODY]
        if match.blocks and not kept:
            continue
        lines = tuple(number for index in match.blocks for number in labelling.reading.blocks[index].lines)
        paragraphs.append(Paragraph(match.text, lines, start))
        start += len(match.text) + 2
    return tuple(paragraphs)


def _with_marked(matches: tuple[Match, ...], labelling: Labelling) -> tuple[Match, ...]:
    """Add the lines that a curator marked as the story's and trafilatura left, each in its place."""
    taken = {index for match in matches for index in match.blocks}
    left = [
        index
        for index, mark in enumerate(labelling.reading.marked)
        if mark and mark.label is Label.BODY and index not in taken
    ]
    placed: list[Match] = []
    for match in matches:
        while match.blocks and left and left[0] < match.blocks[0]:
            placed.append(_line_match(labelling, left.pop(0)))
        placed.append(match)
    return (*placed, *(_line_match(labelling, index) for index in left))


def _line_match(labelling: Labelling, index: int) -> Match:
    return Match(labelling.reading.blocks[index].text, (index,))


def _label_by_element(labelling: Labelling, visible: tuple[VisibleLine, ...]) -> None:
    """Reasons from the markup for lines that the rules left as chrome for their place only."""
    for index, line in enumerate(visible):
        if labelling.labels[index] is Label.CHROME and not labelling.reading.chrome[index]:
            element = next(
                (name for name in ("nav", "footer", "aside", "form", "button") if name in line.within), None
            )
            if element:
                labelling.give(index, Label.CHROME, f"it stands in the page's <{element}> element")


def _find_outlet(
    blocks: tuple[Block, ...], url: str | None, metadata: PageMetadata | None, rules: OutletRules
) -> Field[str | None]:
    """The outlet by address and listed wording, then by metadata, then as named in the text."""
    found = find_outlet(blocks, block_keys(blocks), url, rules)
    if found.method in {"address", "wording"} or metadata is None or not metadata.site:
        return found
    known = rules.named(metadata.site)
    name = known.name if known else metadata.site
    return Field(name, "metadata", 0.93, note=f"The page's metadata names the site “{metadata.site}”.")


def _dates(
    page: RawPage, tree: HtmlElement | None, labelling: Labelling, metadata: PageMetadata
) -> StoryDates:
    """All witnesses: metadata, the visible lines, the address, and htmldate as the last."""
    witnesses = [_stated(stated, None) for stated in metadata.published]
    witnesses += [_stated(stated, "updated") for stated in metadata.updated]
    witnesses += line_witnesses(labelling, find_dateline(labelling), url=page.url)
    captured = page.captured_at.date() if page.captured_at else None
    if tree is not None and not any(w.cue != "updated" for w in witnesses):
        witnesses += _htmldate_witness(page)
    return choose_dates(witnesses, not_after=captured)


def _stated(stated: StatedDate, cue: DateCue | None) -> Witness:
    sure = SURE[stated.place.split(" ", 1)[0]]
    note = f"Stated in the page's metadata ({stated.place})."
    return Witness(stated.interval, stated.place, sure, cue, (), note)


def _htmldate_witness(page: RawPage) -> list[Witness]:
    """What htmldate reads off the markup, asked only when nobody else dates the story."""
    try:
        day = find_date(page.text, extensive_search=False, original_date=True, url=page.url)
    except ValueError:
        return []
    interval = day_interval(date.fromisoformat(day)) if day else None
    return (
        [Witness(interval, "htmldate", SURE_HTMLDATE, None, (), "Read off the markup by htmldate.")]
        if interval
        else []
    )


def _marked(
    visible: tuple[VisibleLine, ...], metadata: PageMetadata | None, body: Mapping[int, str]
) -> dict[int, Label]:
    """The labels that markup tells: the headline, and the captions of figures around the story."""
    last = max(body, default=-1)
    marked = {
        index: Label.CAPTION for index, line in enumerate(visible[: last + 1]) if "figcaption" in line.within
    }
    headline = _marked_headline(visible, metadata, body)
    if headline is not None:
        marked[headline] = Label.HEADLINE
    return marked


def _marked_headline(
    visible: tuple[VisibleLine, ...], metadata: PageMetadata | None, body: Mapping[int, str]
) -> int | None:
    """The line that the markup makes the headline: the one the metadata gives, else the only <h1>."""
    first_body = min(body, default=len(visible))
    if metadata and metadata.headline:
        wanted = _KEY.sub("", metadata.headline.casefold())
        same = [
            index
            for index, line in enumerate(visible[: first_body + 1])
            if _KEY.sub("", line.text.casefold()) == wanted
        ]
        if same:
            return next((index for index in same if "h1" in visible[index].within), same[-1])
    titles = [
        index
        for index, line in enumerate(visible)
        if "h1" in line.within and index <= first_body and len(line.text.split()) > 1
    ]
    return titles[0] if len(titles) == 1 else None


def _with_metadata(
    article: CleanArticle, metadata: PageMetadata, dates: StoryDates, rules: OutletRules
) -> CleanArticle:
    """The article with what its metadata knows better: names, section, dates, a headline no line has."""
    headline = article.headline
    if headline.value is None and metadata.headline:
        headline = Field(
            metadata.headline, "metadata", 0.8, note="The page's metadata gives it; no visible line does."
        )
    section = article.section
    if metadata.section:
        section = Field(metadata.section, "metadata", 0.9, note="The page's metadata gives it.")
    authors = _authors(article.authors, metadata, rules)
    return replace(
        article,
        headline=headline,
        section=section,
        authors=authors,
        published=dates.published,
        updated=dates.updated,
    )


def _authors(
    found: Field[tuple[str, ...]], metadata: PageMetadata, rules: OutletRules
) -> Field[tuple[str, ...]]:
    """The people that metadata names, else those found in the lines, else those in an element for the author."""
    stated, marked = (_persons(names, rules) for names in (metadata.authors, metadata.marked_authors))
    if stated:
        return Field(stated, "metadata", 0.93, found.lines, "The page's metadata names them.")
    if marked and not found.value:
        return Field(
            marked, "markup", 0.85, found.lines, "An element that the page marks as the author's names them."
        )
    return found


def _persons(names: tuple[str, ...], rules: OutletRules) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_person(name, rules) for name in names))))


def _person(name: str, rules: OutletRules) -> str | None:
    """The person in an author's name as metadata gives it; None for agencies and roles."""
    if rules.press.name(name):
        return None
    return split_role(name)[0] or name_without_spaces(name, led=True)
