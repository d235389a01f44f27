"""Giving every block a label and a reason, by rules in a fixed order.

A later rule may take back what an earlier one said; each writes its reason on the line. The order:

1. body: the blocks that `choose_body` (or, for HTML, trafilatura) took;
2. phrases that are never the story; page markers;
3. pictures: captions and their credits;
4. sources: "(Reuters, MT)", "Reporting by ...";
5. copies: a line that the next one begins with, a line that came before; dialogues about cookies;
6. the end: what follows a heading such as "Read Comments";
7. the front: headline, byline, date, section, subtitle;
8. the rest is chrome, with the reason of its place;
9. what a curator marked is what the curator said.
"""

from __future__ import annotations

from collections.abc import Mapping

from articles.clean.article import Label
from articles.clean.chrome_phrases import begins_comments, speaks_of_consent
from articles.clean.field_model import FieldModel
from articles.clean.headline import begins_next
from articles.clean.labelling import Labelling
from articles.clean.labels_front import label_front
from articles.clean.prose import ProseScore
from articles.clean.reading import LONGEST_CAPTION, LONGEST_LOOK, PageReading

# The end cut may take at most this share of the kept words. Measured in research/cleaning.md (section 5):
# .2 helps a little, .4 harms, because such headings also stand inside stories.
LARGEST_CUT = 0.2
# Lines about cookies and privacy that make a dialogue, and their share of the words from the first to the last of
# them from which everything between goes too.
FEWEST_CONSENT, LEAST_CONSENT = 2, 0.4
# Mean probability, by words, of what may be cut: surer prose is the story going on behind a promo.
SUREST_CUT = 0.85
# Behind the heading of readers' comments, up to half may go.
LARGEST_COMMENTS = 0.5
# Blocks on both sides of the story in which dates, bylines, captions and sources are looked for.
FRONT, BACK = 8, 6
# A caption in words; a copy of an earlier line is dropped from so many words on, as "Yes." may come twice.
SHORTEST_CAPTION, SHORTEST_COPY = 2, 4
# Share of the story's words that copies may have. More of them is a table, a song or a record of changes.
MOST_COPIES = 0.25
# A note about the author: its verbs and its length in words.
NOTE_VERBS = ("is", "was", "covers", "reports", "writes", "has", "joined")
LONGEST_NOTE = 70


def label_blocks(
    reading: PageReading,
    scores: tuple[ProseScore, ...],
    body: Mapping[int, str],
    *,
    marked: Mapping[int, Label] | None = None,
    remembered: Mapping[int, str] | None = None,
    fields: FieldModel | None = None,
) -> Labelling:
    """Labels and reasons for all blocks of the page.

    `body` maps the blocks taken as body to the reason for it; `marked` gives the labels that markup tells;
    `remembered` maps lines of the outlet's other pages to what was seen of them; `fields` ranks the candidates
    for headline, byline and date.
    """
    labelling = label_story(reading, scores, body, marked=marked or {}, remembered=remembered or {})
    label_front(labelling, fields)
    _drop_author_notes(labelling)
    _label_rest(labelling)
    _obey_curators(labelling)
    return labelling


def label_story(
    reading: PageReading,
    scores: tuple[ProseScore, ...],
    body: Mapping[int, str],
    *,
    marked: Mapping[int, Label],
    remembered: Mapping[int, str],
) -> Labelling:
    """The labels up to the story's end: steps 1 to 6, as the ranking of fields finds them."""
    labelling = Labelling(reading, scores)
    for index, reason in body.items():
        labelling.give(index, Label.BODY, reason)
    for index, label in marked.items():
        labelling.give(index, label, f"the page's markup makes it the {label.value}")
    for index, reason in remembered.items():
        labelling.overrule(index, reason)
    _label_phrases(labelling)
    _label_pictures(labelling)
    _label_sources(labelling)
    _drop_copies(labelling)
    _drop_consent(labelling)
    _cut_end(labelling)
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
            labelling.overrule(index, reason)
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
    """True unless the block has another label, is too long, opens with a quotation or is a date."""
    text = labelling.reading.blocks[index].text
    return (
        labelling.is_free(index)
        and SHORTEST_CAPTION <= labelling.reading.word_counts[index] <= LONGEST_CAPTION
        and text[:1] not in '"“«„'
        and not labelling.reading.is_date_line(index)
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
        if behind and behind <= limit * total and _is_end(labelling, index) and _doubtful(labelling, index):
            cut = index
    for index in body if cut is not None else ():
        if cut is not None and index > cut:
            place = reading.blocks[cut].text[:40]
            labelling.give(index, Label.CHROME, f"it stands behind “{place}”, where the story is over")


def _drop_consent(labelling: Labelling) -> None:
    """Take out a dialogue about cookies and privacy, and what stands in it; never the story's own beginning."""
    reading, body = labelling.reading, labelling.body
    found = [index for index in body[2:] if speaks_of_consent(reading.blocks[index].text[:LONGEST_LOOK])]
    if len(found) < FEWEST_CONSENT or speaks_of_consent(
        " ".join(reading.blocks[i].text[:500] for i in body[:2])
    ):
        return
    run = [index for index in body if found[0] <= index <= found[-1]]
    dense = labelling.words(found) >= LEAST_CONSENT * labelling.words(run)
    for index in run if dense else found:
        labelling.give(index, Label.CHROME, "it belongs to a notice about cookies and privacy")


def _doubtful(labelling: Labelling, index: int) -> bool:
    """True when what is kept behind the block is less than surely prose: such headings stand inside stories too."""
    behind = [i for i in labelling.body if i > index]
    mass = sum(labelling.scores[i].p * labelling.reading.word_counts[i] for i in behind)
    return mass <= SUREST_CUT * labelling.words(behind)


def _is_end(labelling: Labelling, index: int) -> bool:
    return labelling.labels[index] is Label.SOURCE or labelling.reading.ends_story(index)


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
            labelling.overrule(index, "a note about the author")


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
