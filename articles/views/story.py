"""Stories: one, all that ran in several outlets, and how two articles differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article, DuplicateLink, Outlet, PartLink, Story
from articles.resolve.copies import DatedArticle, FirstPublication
from articles.resolve.copies.stories import first_publication
from articles.views.comparison import compare, count_differing
from articles.views.paging import page_of

VERSIONS_PER_PAGE = 50

# Versions in the margin of an article: each is compared with it, a few milliseconds' work.
VERSIONS_IN_MARGIN = 6


@dataclass(frozen=True, slots=True)
class Version:
    """One article of a story. `differing` counts sentences and is None when the texts are too long."""

    article: Article
    first: bool = False
    perhaps_first: bool = False
    credited: bool = False
    differing: int | None = None
    compare_url: str = ""


@dataclass(frozen=True, slots=True)
class OtherVersions:
    """What an article's margin shows of its story; `more` are the versions left out."""

    story: Story
    versions: tuple[Version, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ListedStory:
    """A story in the list: the headline of its first or earliest article, and who carried it."""

    story: Story
    headline: str
    outlets: tuple[Outlet, ...]


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a story: its versions in the order of their days, which came first, and the agencies credited."""
    found = get_object_or_404(Story, pk=pk)
    members = _members(found, request)
    articles = page_of(request, _by_day(members), per_page=VERSIONS_PER_PAGE)
    if not articles.paginator.count:
        raise Http404("A curator took the articles of this story out of the archive.")
    first = _first_of(found)
    base = _by_day(members.filter(pk=first.id) if first.id else members).first()
    agencies = _agencies(members)
    return render(
        request,
        "stories/story.html",
        {
            "story": found,
            "base": base,
            "first": first,
            "page": articles,
            "versions": [_version(article, base, first, agencies) for article in articles],
            "outlets": Outlet.objects.filter(pk__in=members.values("outlet")),
            "agencies": agencies,
        },
    )


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Show the stories that ran in several outlets, the largest first or (`?sort=latest`) the latest."""
    running = Story.objects.in_several_outlets()
    latest = request.GET.get("sort") == "latest"
    page = page_of(request, running.latest_first() if latest else running.largest_first())
    return render(
        request,
        "stories/stories.html",
        {"stories": listed_stories(page), "page": page, "latest": latest},
    )


@require_safe
def compare_articles(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Show sentence by sentence how a second article differs from a first one."""
    first, second = (_readable(request, permanent_id) for permanent_id in (one, other))
    if first == second:
        return redirect(first)
    return render(
        request,
        "stories/compare.html",
        {
            "first": first,
            "second": second,
            "comparison": compare(first, second),
            "link": DuplicateLink.objects.between(first, second),
            "story": first.story if first.story_id == second.story_id else None,
            "turned_url": compare_url(second, first),
        },
    )


def other_versions(article: Article) -> OtherVersions | None:
    """Return the other versions of an article for its margin, None when it is the only one."""
    if article.story is None:
        return None
    others = Article.objects.visible().filter(story=article.story_id).exclude(pk=article.pk)
    shown = list(_by_day(others.select_related("outlet"))[:VERSIONS_IN_MARGIN])
    if not shown:
        return None
    versions = tuple(
        Version(
            other,
            first=article.story.first_id == other.pk,
            differing=count_differing(article, other),
            compare_url=compare_url(article, other),
        )
        for other in shown
    )
    more = others.count() - len(shown) if len(shown) == VERSIONS_IN_MARGIN else 0
    return OtherVersions(article.story, versions, more)


def parts_of(article: Article) -> list[Article]:
    """Return all known pages of the article that this is one page of, in reading order; else nothing."""
    return PartLink.objects.parts_of(article) if article.partial else []


def compare_url(one: Article, other: Article) -> str:
    """Return the address of the page that shows how the second article differs from the first."""
    return reverse("compare", args=[one.permanent_id, other.permanent_id])


def _readable(request: HttpRequest, permanent_id: str) -> Article:
    """Return the article; one that a curator hid is there for staff only."""
    articles = Article.objects.all() if request.user.is_staff else Article.objects.visible()
    return get_object_or_404(articles.select_related("outlet", "story"), permanent_id=permanent_id)


def _members(story: Story, request: HttpRequest) -> QuerySet[Article]:
    articles = Article.objects.all() if request.user.is_staff else Article.objects.visible()
    return articles.filter(story=story).select_related("outlet").defer("body")


def _by_day(articles: QuerySet[Article]) -> QuerySet[Article]:
    days = [F(end).asc(nulls_last=True) for end in ("published_from", "published_to")]
    return articles.order_by(*days, "pk")


def _first_of(story: Story) -> FirstPublication[int]:
    """Return which article came first, or which may have, with the reason; hidden ones do not count."""
    days = Article.objects.visible().filter(story=story).order_by("pk")
    return first_publication(
        DatedArticle(*row) for row in days.values_list("pk", "published_from", "published_to")
    )


def _agencies(members: QuerySet[Article]) -> list[str]:
    """Return whom the articles credit besides their own outlets, in the order of their numbers."""
    rows = members.order_by("pk").values_list("outlet__name", "source_credits")
    return list(dict.fromkeys(name for outlet, names in rows for name in names if name != outlet))


def _version(
    article: Article, base: Article | None, first: FirstPublication[int], agencies: list[str]
) -> Version:
    return Version(
        article,
        first=article.pk == first.id,
        perhaps_first=first.id is None and article.pk in first.candidates,
        credited=article.outlet is not None and article.outlet.name in agencies,
        compare_url=compare_url(base, article) if base is not None and base != article else "",
    )


def listed_stories(stories: Iterable[Story]) -> list[ListedStory]:
    """Return stories with their headlines and outlets, in two queries beside their own."""
    stories = [*stories]
    listed = [story.pk for story in stories]
    visible = Article.objects.visible()
    earliest = _by_day(visible.filter(story=OuterRef("pk")).exclude(headline="")).values("headline")[:1]
    headlines = dict(
        Story.objects.filter(pk__in=listed)
        .annotate(headline=Subquery(earliest))
        .values_list("pk", "headline")
    )
    carried = visible.filter(story__in=listed, outlet__isnull=False).order_by().values_list("story", "outlet")
    pairs = set(carried.distinct())
    outlets = Outlet.objects.in_bulk({outlet for _, outlet in pairs})
    return [
        ListedStory(
            story,
            headlines.get(story.pk) or "",
            tuple(sorted((outlets[o] for s, o in pairs if s == story.pk), key=lambda outlet: outlet.name)),
        )
        for story in stories
    ]
