"""A random archive: articles with outlets, actors, dates of every kind, words that overlap."""

from __future__ import annotations

import calendar
import random
from datetime import date

from articles.models import Article, Status, Story
from tests.factories import make_actor, make_article, make_mention, make_place_mention, make_quote

WORDS = [
    "annan",
    "peace",
    "plan",
    "syria",
    "talks",
    "envoy",
    "cease-fire",
    "ceasefire",
    "opposition",
    "harbour",
    "moscow",
    "council",
    "vote",
    "truce",
    "U.N.",
    "U.S.",
    "refugees",
    "border",
    "waters",
    "minister",
]
PLACES = ("Port Vessa", "Karrin", "Tessarine", "Lethmark")
CREDITS = (["Northline Wire"], ["Coast Agency", "Northline Wire"], [], [])
LANGUAGES = ("en", "en", "en", "ru", "")
STATUSES = (Status.NEW, Status.PUBLISHED, Status.NEEDS_REVIEW, Status.PUBLISHED, Status.HIDDEN)


def make_archive(size: int, *, seed: int, stories: int = 0) -> None:
    """Make so many articles, the same ones for the same seed; half of them tell one of so many stories."""
    chance = random.Random(seed)
    actors = [
        make_actor(f"{kind.title()} {number}", kind)
        for kind, count in (("person", 15), ("organisation", 6), ("state", 5), ("media", 3))
        for number in range(count)
    ]
    told = [Story.objects.create() for _ in range(stories)]
    chosen = random.Random(seed + 1)  # of its own, so that stories change nothing else
    for _ in range(size):
        article = make_article(
            headline=" ".join(chance.choices(WORDS, k=4)).title(),
            body="\n\n".join(" ".join(chance.choices(WORDS, k=12)) for _ in range(3)),
            outlet=chance.choice([None, "Vessa Herald", "The Meridian Post", "Northline", "The Tide"]),
            published=random_interval(chance),
            language=chance.choice(LANGUAGES),
            status=chance.choice(STATUSES),
            story=chosen.choice([*told, *[None] * stories]) if told else None,
            dateline=chosen.choice(["", "KARRIN", "PORT VESSA, Marovia"]),
            source_credits=chosen.choice(CREDITS),
        )
        named = chance.sample(actors, chance.randint(0, 6))
        for actor in named:
            make_mention(article, actor)
        for actor in named[: chosen.randint(0, 2)]:
            make_quote(article, article.body[:20], actor)
        for place in chosen.sample(PLACES, chosen.randint(0, 2)):
            make_place_mention(article, place)


def random_interval(chance: random.Random) -> date | tuple[date, date] | None:
    """Return a day, a month, a stretch over months or years, or nothing."""
    year, month = chance.randint(2011, 2013), chance.randint(1, 12)
    last = calendar.monthrange(year, month)[1]
    kind = chance.choice(["day", "day", "day", "month", "stretch", "years", "unknown"])
    if kind == "day":
        return date(year, month, chance.randint(1, last))
    if kind == "month":
        return date(year, month, 1), date(year, month, last)
    if kind == "stretch":
        return date(year, min(month, 10), 20), date(year, min(month, 10) + 2, 5)
    if kind == "years":
        return date(year, month, 1), date(year + 1, month, 1)
    return None


def plain_count(**conditions: object) -> int:
    """Count visible articles in the database, without any index."""
    return Article.objects.visible().filter(**conditions).distinct().count()
