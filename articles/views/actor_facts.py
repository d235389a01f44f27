"""What an actor's page tells, gathered from mentions, roles and aliases."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Max, Q

from articles.models import Actor, Alias, Article, Mention, Outlet, Role, Story
from articles.models.article import VISIBLE, ArticleQuerySet
from articles.resolve.seen_roles import WrittenRole, same_roles
from articles.views.actor_links import pair_url
from articles.views.search_links import asking_for_both, search_at

MOST_COMPANIONS = 16
MOST_STORIES = 8


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last dated article that name an actor; both None when none is dated."""

    first: Article | None
    last: Article | None
    total: int
    undated: int


@dataclass(slots=True)
class Spelling:
    """One way a name is written: how often, by which outlets, and who said that it is this actor."""

    surface: str
    origin: str = ""
    count: int = 0
    outlets: list[Outlet] = field(default_factory=list)
    without_outlet: bool = False


@dataclass(slots=True)
class SeenRole:
    """A role as most articles write it, the articles that do, and how others write the same one."""

    phrase: str
    articles: list[Article] = field(default_factory=list)
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorRoles:
    """The roles seen in articles, and the offices with dates from an authority file."""

    seen: tuple[SeenRole, ...]
    held: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Companion:
    """Another actor, the number of articles that name both, the page of the two, and the search for these."""

    actor: Actor
    shared: int
    url: str
    search_url: str


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story told in several articles, and how many of them name the actor."""

    story: Story
    headline: str
    count: int


def span_of(articles: ArticleQuerySet) -> Span:
    """Return the first and last dated articles of a list."""
    dated = articles.dated()
    total = articles.count()
    return Span(
        first=dated.order_by("published_from", "pk").first(),
        last=dated.order_by("-published_to", "-pk").first(),
        total=total,
        undated=total - dated.count(),
    )


def spellings_of(actor: Actor) -> list[Spelling]:
    """Return every spelling, the most frequent first; those that only an authority file knows come last."""
    known = Alias.objects.filter(Q(actor=actor) | Q(actor__merged_into=actor))
    spellings = {alias.surface: Spelling(alias.surface, alias.origin) for alias in known}
    rows = list(
        Mention.objects.filter(actor=actor, article__status__in=VISIBLE)
        .values("surface", "article__outlet")
        .annotate(number=Count("pk"))
        .order_by("-number")
    )
    outlets = Outlet.objects.in_bulk({row["article__outlet"] for row in rows if row["article__outlet"]})
    for row in rows:
        spelling = spellings.setdefault(row["surface"], Spelling(row["surface"]))
        spelling.count += row["number"]
        if row["article__outlet"] is None:
            spelling.without_outlet = True
        else:
            spelling.outlets.append(outlets[row["article__outlet"]])
    return sorted(spellings.values(), key=lambda spelling: (-spelling.count, spelling.surface.casefold()))


def roles_of(actor: Actor) -> ActorRoles:
    """Return the roles that articles give the actor, the most frequent first, and the offices held."""
    in_articles = Role.objects.filter(actor=actor, article__status__in=VISIBLE).select_related("article")
    written = list(in_articles.defer("article__body").order_by("article__published_from", "pk"))
    seen = [
        SeenRole(
            same.phrase,
            list(dict.fromkeys(role.article for at in same.members if (role := written[at]).article)),
            tuple(
                dict.fromkeys(written[at].phrase for at in same.members if written[at].phrase != same.phrase)
            ),
        )
        for same in same_roles([WrittenRole(role.phrase, role.title, role.organisation) for role in written])
    ]
    return ActorRoles(
        seen=tuple(sorted(seen, key=lambda role: -len(role.articles))),
        held=tuple(Role.objects.filter(actor=actor, article=None)),
    )


def appears_with(actor: Actor, articles: ArticleQuerySet) -> list[Companion]:
    """Return the actors most often named in the same articles."""
    rows = list(
        Mention.objects.filter(article__in=articles.order_by().values("pk"))
        .filter(actor__hidden=False, actor__merged_into=None)
        .exclude(actor=actor)
        .values("actor")
        .annotate(shared=Count("article", distinct=True))
        .order_by("-shared", "actor__name")[:MOST_COMPANIONS]
    )
    actors = Actor.objects.in_bulk([row["actor"] for row in rows])
    return [
        Companion(found, row["shared"], pair_url(actor, found), search_at(asking_for_both(found, actor)))
        for row in rows
        if (found := actors.get(row["actor"])) is not None
    ]


def stories_of(articles: ArticleQuerySet) -> list[ToldStory]:
    """Return the stories that most of these articles tell."""
    rows = list(
        articles.order_by()
        .filter(story__isnull=False)
        .values("story")
        .annotate(number=Count("pk"), newest=Max("pk"))
        .filter(number__gt=1)
        .order_by("-number", "-newest")[:MOST_STORIES]
    )
    stories = Story.objects.in_bulk([row["story"] for row in rows])
    headlines = dict(articles.filter(pk__in=[row["newest"] for row in rows]).values_list("pk", "headline"))
    return [ToldStory(stories[row["story"]], headlines.get(row["newest"], ""), row["number"]) for row in rows]
