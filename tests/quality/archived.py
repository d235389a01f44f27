"""What an archive made of pages with a gold: fields, actors and quotes, counted the same way for every gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.models import Article, Mention, Quote
from tests.quality.gate import Measured
from tests.quality.seeds import normalised

QUOTE_MARKS = " “”\"'’‘„»«,.;:?!…"


@dataclass(frozen=True, slots=True)
class ExpectedActor:
    """An actor of a body. One that is not `core` is neither required nor penalised."""

    kind: str
    surfaces: frozenset[str]
    core: bool


@dataclass(frozen=True, slots=True)
class ExpectedQuote:
    """Quoted words; no speakers when nobody is named, else the names of the one who speaks."""

    text: str
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out of one page. `published` is the day stated, as field_value has it, None when none is."""

    article: Article
    paragraphs: list[str]
    headline: str
    subtitle: str
    authors: list[str]
    outlet: str | None
    published: dict[str, Any] | None
    # The day an undated page was written on, by its gold.
    true_day: date | None
    captions: list[tuple[str, str | None]]
    actors: list[ExpectedActor]
    quotes: list[ExpectedQuote]


def bare(names: Iterable[str]) -> frozenset[str]:
    """Names without the honorific and the article, which stand outside a mention's span."""
    prefixes = ("Mr. ", "Mr ", "Ms. ", "the ")
    found = set()
    for name in names:
        plain = name.replace("’", "'")
        for prefix in prefixes:
            plain = plain.removeprefix(prefix)
        found.add(plain.lower())
    return frozenset(found)


def owners(name: str) -> set[int]:
    """The archive's actors that are mentioned by a name."""
    plain = name.removeprefix("Mr. ").removeprefix("Mr ").removeprefix("the ")
    return set(Mention.objects.filter(surface__in=[name, plain]).values_list("actor", flat=True))


def joined(names: Sequence[str]) -> bool:
    """True when all the names are those of one actor."""
    return len(set.union(*map(owners, names))) == 1


def archive_figures(pages: Sequence[Expected], *, must_merge: Sequence[Sequence[str]]) -> dict[str, Measured]:
    """All figures of an archive; `must_merge` lists the names that are one actor's."""
    merged = sum(map(joined, must_merge)) / len(must_merge)
    return {
        **field_figures(pages),
        **actor_figures(pages),
        **quote_figures(pages),
        "merged": Measured(merged, len(must_merge)),
    }


def field_figures(pages: Sequence[Expected]) -> dict[str, Measured]:
    """The share of pages on which each field is right, and the exact paragraphs as F1."""
    right = wrong = missed = 0
    for page in pages:
        found = Counter(map(normalised, page.article.paragraphs))
        wanted = Counter(page.paragraphs)
        right += (found & wanted).total()
        wrong += (found - wanted).total()
        missed += (wanted - found).total()
    return {
        "paragraphs": Measured(_f1(right, wrong, missed), right + missed),
        "headline": _share(pages, lambda page: normalised(page.article.headline) == page.headline),
        "subtitle": _share(pages, lambda page: normalised(page.article.subtitle) == page.subtitle),
        "authors": _share(pages, lambda page: page.article.authors == page.authors),
        "outlet": _share(pages, lambda page: page.article.field_value("outlet") == page.outlet),
        "captions": _share(pages, _captions_right),
        "published": _share(
            [page for page in pages if page.published],
            lambda page: page.article.field_value("published") == page.published,
        ),
        "undated": _share([page for page in pages if page.true_day], _interval_holds),
    }


def _share(pages: Sequence[Expected], right: Callable[[Expected], bool]) -> Measured:
    return Measured(sum(map(right, pages)) / len(pages) if pages else 0.0, len(pages))


def _captions_right(page: Expected) -> bool:
    found = [(normalised(each["text"]), each["credit"]) for each in page.article.captions]
    return found == page.captions


def _interval_holds(page: Expected) -> bool:
    """True when an undated page has bounds or none, and the true day is within them: unknown is no error."""
    start, end = page.article.published_from, page.article.published_to
    return (start is None or start <= page.true_day) and (end is None or page.true_day <= end)


def actor_figures(pages: Sequence[Expected]) -> dict[str, Measured]:
    """F1 over the distinct actors of each body; core ones are required, the others free."""
    right = wrong = missed = 0
    for page in pages:
        found: dict[int, tuple[str, set[str]]] = {}
        for mention in page.article.mentions.filter(zone="body").select_related("actor"):
            found.setdefault(mention.actor_id, (mention.actor.kind, set()))[1].add(mention.surface)
        for actor in page.actors:
            match = next(
                (
                    key
                    for key, (kind, surfaces) in found.items()
                    if kind == actor.kind and bare(surfaces) & actor.surfaces
                ),
                None,
            )
            if match is not None:
                del found[match]
            right += actor.core and match is not None
            missed += actor.core and match is None
        wrong += len(found)
    return {"actors": Measured(_f1(right, wrong, missed), right + missed)}


def quote_figures(pages: Sequence[Expected]) -> dict[str, Measured]:
    """The share of quotes with a named speaker given to that speaker, and of all quotes given to another one.

    A speaker given to words that nobody is named for is wrong too.
    """
    right = wrong = named = every = 0
    for page in pages:
        quotes = [
            (_spoken(quote), quote)
            for quote in page.article.quotes.filter(kind="direct").select_related("speaker")
        ]
        for expected in page.quotes:
            wanted = normalised(expected.text).strip(QUOTE_MARKS)
            given = next(
                (_names(quote) for text, quote in quotes if text and (wanted in text or text in wanted)),
                frozenset(),
            )
            agrees = bool(given & expected.speakers)
            every += 1
            named += bool(expected.speakers)
            right += agrees
            wrong += bool(given) and not agrees
    return {
        "quotes_right": Measured(right / named if named else 0.0, named),
        "quotes_wrong": Measured(wrong / every if every else 0.0, every),
    }


def _spoken(quote: Quote) -> str:
    """The words of a quote, without the marks around them."""
    return normalised(quote.article.body[quote.start : quote.end]).strip(QUOTE_MARKS)


def _names(quote: Quote) -> frozenset[str]:
    """Every name of the speaker; none when nobody was given."""
    names = {quote.speaker_text} - {""}
    if quote.speaker:
        names |= {quote.speaker.name, *quote.speaker.mentions.values_list("surface", flat=True)}
    return bare(names)


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right else 0.0
