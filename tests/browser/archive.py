"""A small archive with something of everything, for tests that look at every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from articles.models import Actor, Article, Cleaning, FieldEvidence, Role
from articles.search.pending import drain
from tests.factories import make_actor, make_article, make_date_mention, make_mentions, make_page, make_quote

BODY = (
    "The envoy Ilmar Tessedin went back to the harbour on Monday and said that the truce “holds in name”.\n\n"
    "Osanna Brekk told Northline Wire that her government “never left the room, and will not.”\n\n"
    "Ilmar Tessedin gave no figures for the losses in Karrin."
)


@dataclass(frozen=True, slots=True)
class SmallArchive:
    """What was made: one article with everything, and one of its actors."""

    article: Article
    actor: Actor

    @property
    def addresses(self) -> dict[str, str]:
        """Every kind of page, by a name for messages."""
        outlet = self.article.outlet
        assert outlet is not None
        return {
            "home": "/",
            "results": "/search/?q=truce&outlet=-2",
            "everything": "/search/",
            "narrowed": f"/search/?q=truce&year=2012&actor={self.actor.pk}&from=2012",
            "compared": "/search/compare/?q=truce&q=?q%3Dharbour%26outlet%3D1&q=%22unheard+of",
            "each outlet": "/search/compare/?q=truce&outlet=each&measure=share&by=year",
            "timeline": "/search/timeline/?q=truce",
            "timeline of a month": "/search/timeline/?in=2012-03",
            "network": "/search/network/?q=truce",
            "batch": "/search/batch/?lines=truce%0Aharbour+-truce%0A%22unheard+of",
            "batch of names": "/search/batch/?lines=Tessedin%0ANobody&as=names",
            "api": "/api/",
            "nothing": "/search/?q=%22unheard+of",
            "article": f"{self.article.get_absolute_url()}?q=truce+harbour&at=2#hit-2",
            "no result": f"{self.article.get_absolute_url()}?q=unheard&at=2",
            "raw": f"{self.article.get_absolute_url()}raw/",
            "actor": self.actor.get_absolute_url(),
            "actors": "/actors/?name=e",
            "outlet": outlet.get_absolute_url(),
            "outlets": "/outlets/",
            "help": "/help/",
            "sign in": "/sign-in/?next=/desk/uploads/",
            "not found": "/nowhere/",
        }


def make_archive() -> SmallArchive:
    """Make 26 articles: dated to a day, a month, an interval, or not at all; in three outlets or none."""
    people = [make_actor("Ilmar Tessedin", aliases=("I. Tessedin",)), make_actor("Osanna Brekk")]
    others = [make_actor("Karrin", "state"), make_actor("Northline Wire", "media")]
    dates = [date(2012, month, 14) for month in range(1, 13)]
    intervals = [(date(2012, 3, 4), date(2012, 5, 7)), (date(2013, 4, 1), date(2013, 4, 30))]
    made = [_article(people + others, number, published=day) for number, day in enumerate(dates)]
    for article, day in zip(made, dates, strict=True):
        make_date_mention(article, "Monday", day - timedelta(days=5), day - timedelta(days=5))
        make_date_mention(article, "since spring", date(2012, 3, 1), day + timedelta(days=90))
    made.append(_article(people + others, 20, published=intervals[0], precision="interval"))
    made.append(_article(people + others, 21, published=intervals[1], precision="month"))
    made += [_article(people + others, number) for number in range(30, 42)]
    drain()
    return SmallArchive(made[0], people[0])


def _article(actors: list[Actor], number: int, **fields: object) -> Article:
    headline = f"Harbour talks, day {number}"
    page = make_page(f"Skip to: Content\n\n{headline}\nBy Lena Orsk\n\n{BODY}\nSign up {number}")
    outlet = ("The Meridian Post", "Karrin Daily", "Vessa Herald", None)[number % 4]
    article = make_article(
        page=page,
        headline=headline,
        subtitle="Neither side is ready to name an end.",
        body=BODY,
        outlet=outlet,
        authors=["Lena Orsk"],
        language="en",
        captions=[{"text": "Delegates at the harbour.", "credit": "Jo Ferro/Northline"}],
        **fields,  # type: ignore[arg-type]
    )
    for actor in actors:
        make_mentions(article, actor)
    make_quote(article, "holds in name", actors[0])
    Role.objects.create(actor=actors[0], article=article, phrase="envoy", title="envoy")
    labels = [
        "chrome",
        "blank",
        "headline",
        "byline",
        "blank",
        "body",
        "blank",
        "body",
        "blank",
        "body",
        "chrome",
    ]
    Cleaning.objects.create(
        article=article,
        method="text 1",
        lines=[[line, label, "A reason."] for line, label in enumerate(labels, start=1)],
    )
    FieldEvidence.objects.create(
        article=article, field="authors", value=["Lena Orsk"], method="byline", confidence=0.7, lines=[4]
    )
    return article
