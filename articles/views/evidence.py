"""What an article's margin tells: each field, what supports it, and who corrected it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.clean.dated import NOT_STATED
from articles.models import Article, FieldEvidence, Ruling
from articles.models.article import DOUBTFUL_BELOW, INTERVALS
from articles.models.field_words import field_in_words
from articles.views.source_lines import SourceLine

LONGEST_QUOTE = 160  # characters of a page line that the margin quotes; the whole line is one click away
ENOUGH_TO_RECOGNISE = 40  # characters of a line in a note that make quoting the line again pointless
FEW_LINES = 3  # lines quoted for a field; a long list of authors or captions needs no more

# From 0 to 1: what a confidence is called, the highest bound first. The words are for readers; the
# number stays beside them.
DOUBTFUL = "doubtful"
CONFIDENCE_WORDS = ((0.95, "certain"), (0.8, "sure"), (DOUBTFUL_BELOW, "likely"), (0.0, DOUBTFUL))

PARAGRAPH_BREAK = "\n\n"

# What the cleaner's methods are called on the page; one that is not listed is shown by its own name.
METHOD_WORDS = {
    "address": "from the address of the page",
    "beginning of the story": "from the beginning of the story",
    "byline": "from the byline",
    "common words": "by the common words of its text",
    "content": "by what the article says",
    "content and copies": "by dated copies of this text",
    "content and neighbours": "by what the article says and by articles told alike",
    "content and update": "by the day of its update",
    "correction": "from a note of correction",
    "date line": "from a line that is a date",
    "dateline": "from the dateline",
    "issue": "from the line that numbers the issue",
    "labels": "from what each line is",
    "masthead": "from the masthead",
    "metadata": "from the metadata of the page",
    "name line": "from a line that is a name",
    "place above the headline": "by its place above the headline",
    "place below the headline": "by its place below the headline",
    "source line": "from a line that names agencies",
    "wording": "from the outlet’s own wording",
}

# What is shown of an article, in the order of the margin. Headline, subtitle and body stand in the
# page itself, so that only their evidence is listed, after the rest.
FIELDS = {
    "published": "Published",
    "updated": "Updated",
    "outlet": "Outlet",
    "authors": "Written by",
    "dateline": "Dateline",
    "section": "Section",
    "source_credits": "Taken from",
    "headline": "Headline",
    "subtitle": "Subtitle",
}
SHOWN_WHEN_UNKNOWN = {"published", "outlet"}
IN_THE_PAGE = {"headline", "subtitle"}


@dataclass(frozen=True, slots=True)
class ShownWitness:
    """A sentence that says something of the article's date; both empty for what is not in the text.

    `anchor` is the paragraph that holds it ("#p3"), empty when the text has changed since it was read.
    `article` is another article that the evidence rests on, None when there is none or a curator hid it.
    """

    quote: str
    anchor: str
    shows: str
    reason: str
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was not believed for one reason, which is said once."""

    reason: str
    witnesses: tuple[ShownWitness, ...]


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field in the margin. `value` is empty for what the page shows elsewhere.

    `witnesses` are the sentences that date the article, `set_aside` those that were not believed, by
    reason; both are empty where the page itself states a date that nothing speaks against.
    """

    name: str
    label: str
    value: str
    url: str
    known: bool
    note: str
    method: str
    confidence: str
    lines: tuple[SourceLine, ...]
    ruling: Ruling | None
    machine_value: str
    doubtful: bool = False
    witnesses: tuple[ShownWitness, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def set_aside_count(self) -> int:
        """How many witnesses were set aside, for whatever reason."""
        return sum(len(aside.witnesses) for aside in self.set_aside)


def shown_fields(article: Article, lines: Sequence[SourceLine]) -> list[ShownField]:
    """Return the fields that are known, or that a reader should know to be unknown, each with its evidence.

    `lines` are the lines of the article's page, for quoting.
    """
    evidence = {item.field: item for item in FieldEvidence.objects.filter(article=article)}
    rulings = {ruling.field: ruling for ruling in Ruling.objects.on_fields_of(article.page)}
    fields = []
    for name in FIELDS:
        found = evidence.get(name)
        known = field_in_words(name, article.field_value(name)) != "" and (found or name not in IN_THE_PAGE)
        if known or name in SHOWN_WHEN_UNKNOWN or name in rulings:
            shown = _shown(article, name, found, rulings.get(name), quoted=_quoted(lines, found))
            fields.append(shown)
    return fields


def _shown(
    article: Article,
    name: str,
    evidence: FieldEvidence | None,
    ruling: Ruling | None,
    *,
    quoted: tuple[SourceLine, ...],
) -> ShownField:
    words = field_in_words(name, article.field_value(name))
    found = evidence if evidence and evidence.method != "none" else None
    doubtful = bool(found and name in INTERVALS and _confidence_word(found.confidence) == DOUBTFUL)
    told = evidence.witnesses if evidence and (doubtful or evidence.method in NOT_STATED) else []
    others = _others(told)
    return ShownField(
        name=name,
        label=FIELDS[name],
        value="" if name in IN_THE_PAGE and words else words or "unknown",
        url=article.outlet.get_absolute_url() if name == "outlet" and article.outlet else "",
        known=bool(words),
        note=evidence.note if evidence else "",
        method=METHOD_WORDS.get(found.method, found.method) if found else "",
        confidence=confidence_in_words(found.confidence) if found else "",
        lines=quoted,
        ruling=ruling,
        machine_value=(field_in_words(name, evidence.value) if evidence else "") or "nothing",
        doubtful=doubtful,
        witnesses=tuple(_witness(article, each, others) for each in told if each["used"]),
        set_aside=_by_reason([_witness(article, each, others) for each in told if not each["used"]]),
    )


def _by_reason(witnesses: Sequence[ShownWitness]) -> tuple[SetAside, ...]:
    found: dict[str, list[ShownWitness]] = {}
    for witness in witnesses:
        found.setdefault(witness.reason, []).append(witness)
    return tuple(SetAside(reason, tuple(group)) for reason, group in found.items())


def _others(told: Sequence[Mapping[str, Any]]) -> Mapping[str, Article]:
    """Return the visible articles that the evidence rests on, by permanent id, in one query."""
    ids = {each["article"] for each in told if each.get("article")}  # older evidence does not know of any
    if not ids:
        return {}
    found = Article.objects.visible().filter(permanent_id__in=ids).select_related("outlet").defer("body")
    return {other.permanent_id: other for other in found}


def _witness(article: Article, stored: Mapping[str, Any], others: Mapping[str, Article]) -> ShownWitness:
    quote, start = stored["quote"], stored["start"]
    # A person may have ruled on the body since: then the sentence is quoted, and leads nowhere.
    stands = bool(quote) and start >= 0 and article.body.startswith(quote, start)
    number = article.body.count(PARAGRAPH_BREAK, 0, start) + 1 if stands else 0
    return ShownWitness(
        quote=quote,
        anchor=f"#p{number}" if stands else "",
        shows=stored["shows"],
        reason=stored["reason"],
        article=others.get(stored.get("article", "")),
    )


def confidence_in_words(confidence: float) -> str:
    """Return "sure (80 %)" for 0.8."""
    return f"{_confidence_word(confidence)} ({round(confidence * 100)} %)"


def _confidence_word(confidence: float) -> str:
    return next(word for least, word in CONFIDENCE_WORDS if confidence >= least or not least)


def _quoted(lines: Sequence[SourceLine], evidence: FieldEvidence | None) -> tuple[SourceLine, ...]:
    if not evidence:
        return ()
    numbers = [number for number in evidence.lines[:FEW_LINES] if 0 < number <= len(lines)]
    return tuple(_shortened(lines[number - 1], evidence.note) for number in numbers)


def _shortened(line: SourceLine, note: str) -> SourceLine:
    """Return the line as the margin quotes it: short, and not at all when the note quotes it."""
    text = line.text.strip()
    if text[:ENOUGH_TO_RECOGNISE] in note:
        return line.with_text("")
    return line.with_text(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}…")
