"""The trays of the desk: for each kind of thing that needs a person, what waits, what is asked and the verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.models import (
    Article,
    DisputedLine,
    DuplicateLink,
    Job,
    JoinCandidate,
    RefusedPage,
    Status,
    Upload,
)
from articles.models.article import DOUBTFUL_BELOW, WIDE, ArticleQuerySet
from articles.search.partial_date import PartialDate

DATES_SUCH_AS = "2012, 2012-07, 2012-07-04, or 2012-07-04..2012-08-15"
PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the characters that a date is written with


@dataclass(frozen=True, slots=True)
class Verdict:
    """One button of a tray: its words, its key, and the value that the field then has.

    `value` takes the article and the text that the curator wrote; it raises ValueError when that is no answer. A
    `written` one needs that text, and its button stands beside it.
    """

    words: str
    key: str
    value: Callable[[Article, str], Any]
    quiet: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class ArticleTray:
    """Articles of which one field waits for a ruling.

    `asks_for` labels a text that a verdict needs, `such_as` says how it is written. `why` tells why an article waits,
    where the tray's name does not. `query` is the search for all that wait, from which many are changed at once.
    """

    title: str
    question: str
    about: str
    field: str
    shown: tuple[str, ...]
    waiting: Callable[[], ArticleQuerySet]
    verdicts: Mapping[str, Verdict]
    asks_for: str = ""
    such_as: str = ""
    query: str = ""
    why: Callable[[Article], str] = lambda _article: ""

    @property
    def written(self) -> tuple[str, Verdict] | None:
        """The verdict that needs a text, with its name; None when a press of a button is enough."""
        return next(((name, each) for name, each in self.verdicts.items() if each.written), None)


def _outlet_name(_article: Article, text: str) -> str:
    if not text:
        raise ValueError("Write the name of the outlet, or say that the page does not tell it.")
    return text


def _date_written(_article: Article, text: str) -> dict[str, str]:
    first_text, dots, last_text = text.partition("..")
    first, last = PartialDate.read(first_text), PartialDate.read(last_text if dots else first_text)
    if first is None or last is None:
        raise ValueError(
            f"“{text}” is no date. Write it as {DATES_SUCH_AS}." if text else f"Write {DATES_SUCH_AS}."
        )
    if first.first > last.last:
        raise ValueError("The last day comes before the first one. Swap them.")
    whole = PRECISIONS.get(len(first.text), "interval") if first == last else "interval"
    return {"from": first.first.isoformat(), "to": last.last.isoformat(), "precision": whole}


def _date_unknown(_article: Article, _text: str) -> dict[str, str | None]:
    return {"from": None, "to": None, "precision": "unknown"}


def _why_doubted(article: Article) -> str:
    first, last = article.published_from, article.published_to
    if first is None or last is None:
        return f"Only the {'last' if first is None else 'first'} day that it can have been is known."
    if last > first + WIDE:
        return "It is known less exactly than to the month."
    return f"The machine is less than {DOUBTFUL_BELOW:.0%} sure of it.".replace("%", " %")


# In the order of the desk; the names are those of the addresses.
ARTICLE_TRAYS = {
    "dates": ArticleTray(
        title="Doubtful dates",
        question="Is this the date?",
        about="Articles whose date the machine doubts, or knows less exactly than to the month.",
        field="published",
        shown=("published", "updated"),
        waiting=Article.objects.of_doubtful_date,
        verdicts={
            "accept": Verdict("Take this date", "a", lambda article, _text: article.field_value("published")),
            "named": Verdict("It is this one", "d", _date_written, quiet=True, written=True),
            "none": Verdict("It cannot be known", "x", _date_unknown, quiet=True),
        },
        asks_for="Another date",
        such_as=DATES_SUCH_AS,
        why=_why_doubted,
    ),
    "outlets": ArticleTray(
        title="Unknown outlets",
        question="Where did this appear?",
        about="Articles of which nothing in the page tells the outlet.",
        field="outlet",
        shown=("outlet", "section", "source_credits"),
        waiting=Article.objects.of_unknown_outlet,
        verdicts={
            "named": Verdict("It is this outlet", "o", _outlet_name, written=True),
            "none": Verdict("The page does not tell", "x", lambda *_: None, quiet=True),
        },
        asks_for="Outlet",
        such_as="a name that is new here makes a new one",
        query="?outlet=none",
    ),
    "parts": ArticleTray(
        title="Articles in parts",
        question="Is this page enough by itself?",
        about="Pages of longer articles whose other pages are not in the archive.",
        field="status",
        shown=("published", "outlet"),
        waiting=Article.objects.with_missing_parts,
        verdicts={
            "keep": Verdict("Keep it as it is", "k", lambda *_: Status.PUBLISHED.value),
            "hide": Verdict("Hide it from readers", "h", lambda *_: Status.HIDDEN.value, quiet=True),
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Pile:
    """What the first page of the desk says of one kind: `at` names its page, `kind` is that page's argument."""

    title: str
    about: str
    count: int
    at: str
    kind: str = ""


def piles() -> list[Pile]:
    """Return every kind with the number that waits, in a query or two each."""
    return [
        Pile(
            "Refused pages",
            "Pages that could not be taken in, with the reason and what to do.",
            RefusedPage.objects.count(),
            "desk_refused",
        ),
        *(
            Pile(tray.title, tray.about, tray.waiting().count(), "desk_tray", kind)
            for kind, tray in ARTICLE_TRAYS.items()
        ),
        Pile(
            "Near-duplicates",
            "Two articles that may be one story, or two that share some text.",
            DuplicateLink.objects.in_doubt().count(),
            "desk_copies",
        ),
        Pile(
            "Lines in dispute",
            "Lines that read like the story, and were taken out by a rule or by what the archive remembers.",
            len(DisputedLine.objects.questions()),
            "desk_lines",
        ),
        Pile(
            "Actors that may be one",
            "Names of which the machine cannot tell whether they mean the same.",
            JoinCandidate.objects.to_review().questions().count(),
            "review",
        ),
        Pile(
            "Unfinished uploads",
            "Files that were sent and never read, or whose reading broke off.",
            Upload.objects.unfinished().count(),
            "desk_uploads",
        ),
        Pile(
            "Work that broke off",
            "Background work that failed or has gone silent, and can go on.",
            Job.objects.broken_off().exclude(kind=Job.Kind.UPLOAD).count(),
            "desk_jobs",
        ),
    ]
