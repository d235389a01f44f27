"""Direct quotes: which words, whose, by which verb, through which agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.mentions.attribution import Page, cue_ahead, cue_of
from articles.mentions.quotations import Quoted
from articles.mentions.spans import Kind, NameSpan, QuoteSpan
from articles.mentions.speakers import Cue, cues

# A quote of fewer words is a phrase inside somebody's sentence; of four on it can stand alone.
# The same bound as the scorer of shared/tools.
FULL_QUOTE_WORDS = 4

# Words of the name of a book or a broadcast at most.
_LONGEST_TITLE = 6

# After more full stops than this a quote in the same paragraph is no longer the same speaker's.
_STOPS_BETWEEN = 1


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one quotation's speaker."""

    name: NameSpan | None = None
    phrase: str | None = None
    cue: str | None = None
    via: str | None = None


_NOBODY = Said()


def find_quotes(page: Page) -> tuple[QuoteSpan, ...]:
    """Every direct quote of a body, in the order of the text.

    For each: 1. a verb of speech behind or before it, 2. the speaker who goes on from the quote before,
    3. what introduces its paragraph. A quote that none of these settles has no speaker.
    """
    found: list[QuoteSpan] = []
    said: list[Said] = []
    for one in page.quoted:
        spoken = _said(page, one, said)
        said.append(spoken)
        page.antecedents.spoke(spoken.name, one.closing)
        found.append(
            QuoteSpan(
                start=one.start,
                end=one.end,
                speaker_start=spoken.name.start if spoken.name else None,
                speaker_text=spoken.name.surface if spoken.name else spoken.phrase,
                cue=spoken.cue,
                via=spoken.via,
            )
        )
    return tuple(found)


def _said(page: Page, one: Quoted, said: Sequence[Said]) -> Said:
    quoted = page.text[one.start : one.end]
    full = len(re.findall(r"\w+", quoted)) >= FULL_QUOTE_WORDS
    # 1. A verb of its own. A verb that only labels needs a fragment: "called the talks a "mockery"".
    cue = cue_of(page, one)
    if cue and cue.label and full and _begins_sentence(page, one):
        cue = None
    if _is_title(quoted) and not (cue and _adjacent(cue, one)):
        return _NOBODY
    if cue:
        return resolved(page, cue, said)
    # 2. and 3.
    return _carried_on(page, one, said, full=full)


def _begins_sentence(page: Page, one: Quoted) -> bool:
    left = page.mask[max(0, one.opening - 3) : one.opening].rstrip(" ")
    return not left or left[-1] in '.!?\n"'


def resolved(page: Page, cue: Cue, said: Sequence[Said]) -> Said:
    """Return the cue's subject as a name: pronouns and "the ministry" through what stands before."""
    subject = cue.subject
    name, phrase = subject.name, None
    if subject.pronoun:
        name = page.antecedents.of_pronoun(subject.pronoun, subject.start)
    elif subject.phrase:
        name = page.antecedents.of_phrase(subject.phrase, subject.start)
        # A phrase that names nobody ("a diplomat") is no speaker; "a spokesman for Putin" can be shown.
        held = any(subject.start <= n.start and n.end <= subject.end for n in page.names)
        held = held or re.match(r"[Tt]he\s.*\b[A-Z]", subject.phrase) is not None
        phrase = (
            subject.phrase
            if name is None and not cue.label and (held or cue.verb == "according to")
            else None
        )
    via = cue.via.surface if cue.via else None
    if cue.via_noun:
        medium = page.antecedents.last_of(Kind.MEDIA, cue.start)
        via = medium.surface if medium else None
    if (
        via is None
        and subject.pronoun
        and said
        and said[-1].name
        and name
        and said[-1].name.surface == name.surface
    ):
        via = said[-1].via  # he goes on through the same agency
    return Said(name, phrase, cue.verb or None, via)


def _carried_on(page: Page, one: Quoted, said: Sequence[Said], *, full: bool) -> Said:
    """Tell whether 2. the speaker before goes on, or 3. the paragraph is introduced."""
    if not _begins_sentence(page, one):
        return _NOBODY
    before = page.before(one)
    if before and said and one.paragraph == before.paragraph:
        between = page.mask[before.closing : one.opening]
        stops = len(re.findall(r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bGen)[.!?](?=\s+[A-Z])", between))
        if stops <= _STOPS_BETWEEN:
            return Said(said[-1].name, said[-1].phrase, None, said[-1].via)
    introduced = _introduced(page, one, full=full)
    if introduced:
        return introduced
    follows = before is not None and page.opens_paragraph(one) and one.paragraph == before.paragraph + 1
    if (
        before
        and said
        and follows
        and (before.open_end or not page.mask[before.closing : one.opening].strip())
    ):
        return Said(said[-1].name, said[-1].phrase, None, said[-1].via)
    return _NOBODY


def _introduced(page: Page, one: Quoted, *, full: bool) -> Said | None:
    """Return who is made to speak by the sentence before: it ends in a colon, or reports words of its own."""
    behind = page.mask[: one.opening].rstrip()
    last = page.sentence_at(len(behind) - 1)
    number = one.paragraph - page.opens_paragraph(one)
    if (
        not full
        or number < 0
        or last.start < page.paragraphs[number].start
        or '"' in page.mask[last.start : last.end]
    ):
        return None
    if behind.endswith(":"):
        colon = Quoted(len(behind), one.start, one.end, one.closing, number)
        cue = cue_ahead(page, colon)
    else:
        found = cues(page.mask, last.start, last.end, page.names, floor=last.start)
        cue = next((each for each in found if not each.label), None)
    said = resolved(page, cue, []) if cue else None
    return Said(said.name, said.phrase, None, said.via) if said and not behind.endswith(":") else said


def _is_title(words: str) -> bool:
    """Return True for a few words that all have capitals: the name of a book, a ship, a broadcast."""
    found = re.findall(r"[^\W\d_][\w'’-]*", words)
    small = {"of", "the", "and", "a", "in", "for", "on", "to"}
    capital = all(word[0].isupper() or word in small for word in found)
    return 1 < len(found) <= _LONGEST_TITLE and capital and words[-1:] not in {".", "!", "?"}


def _adjacent(cue: Cue, one: Quoted) -> bool:
    """Return True when the verb stands straight beside the quotation."""
    return 0 <= one.opening - cue.end <= len(': "') or (cue.start >= one.closing and not cue.label)
