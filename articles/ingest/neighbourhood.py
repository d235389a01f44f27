"""The articles that links could join with some given ones: all that a grouping of these must look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from articles.models import Article, DuplicateLink, PartLink, Ruling
from articles.models.article import VISIBLE
from articles.models.ruling import Verdict
from articles.resolve.copies import Copy, DatedArticle, Sameness, group_stories

# Articles that are grouped anew together, of some 30 links each: a fifth of a second at the most. A story of
# more is a page that a site serves under hundreds of addresses; `large_stories` seats what comes on top.
MOST_REGROUPED = 200

# What rulings on two articles carry as their kind; `left` and `right` are permanent ids, in their order.
ARTICLES = "article"


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What grouping asks of an article. `outlet` and `story` are numbers."""

    number: int
    permanent_id: str
    outlet: int | None
    start: date | None
    end: date | None
    status: str
    story: int | None

    @property
    def dated(self) -> DatedArticle[int]:
        """The record that the pure half takes."""
        return DatedArticle(self.number, self.start, self.end, self.outlet)

    @property
    def visible(self) -> bool:
        """False when a curator hid it."""
        return self.status in VISIBLE


@dataclass(slots=True)
class Neighbourhood:
    """Articles, the links among them, and the pairs that a person ruled to be different stories."""

    articles: dict[int, ArticleFacts] = field(default_factory=dict)
    copies: list[Copy[int]] = field(default_factory=list)
    ruled_apart: list[frozenset[int]] = field(default_factory=list)


def facts_of(numbers: Iterable[int]) -> dict[int, ArticleFacts]:
    """Return what grouping asks of these articles, in one query that reads no text."""
    rows = Article.objects.filter(pk__in=list(numbers)).values_list(
        "pk", "permanent_id", "outlet_id", "published_from", "published_to", "status", "story_id"
    )
    return {row[0]: ArticleFacts(*row) for row in rows}


def with_their_stories(numbers: Collection[int]) -> list[int] | None:
    """Return articles and all that are in a story with one of them; None when they are too many."""
    stories = Article.objects.filter(pk__in=list(numbers), story__isnull=False).values("story")
    others = Article.objects.filter(story__in=stories).values_list("pk", flat=True)
    found = {*numbers, *others[: MOST_REGROUPED + 1]}
    return sorted(found) if len(found) <= MOST_REGROUPED else None


def gather(numbers: Iterable[int]) -> Neighbourhood | None:
    """Follow the links from these articles as far as any could join; None when there is too much.

    A link that shares a part joins only within days and across outlets, and is followed only then; one by
    which a text holds another is always followed, since what else it holds tells a story from a roundup.
    What the links join among the result is so what they would join in the whole archive.
    """
    found = Neighbourhood()
    links: dict[int, DuplicateLink] = {}
    known: dict[int, ArticleFacts] = {}
    edge = set(numbers)
    while edge:
        fresh = _links_of(edge)
        links |= fresh
        ends = {end for link in fresh.values() for end in (link.left_id, link.right_id)} | edge
        if len(found.articles.keys() | edge) > MOST_REGROUPED or len(links) > 2 * len(ends) * MOST_REGROUPED:
            return None
        known |= facts_of(ends - known.keys())
        found.articles |= {number: known[number] for number in edge if number in known}
        edge = _reached(fresh.values(), known) - found.articles.keys()
    inside = found.articles.keys()
    found.copies = [_copy(each) for each in links.values() if {each.left_id, each.right_id} <= inside]
    found.copies += _pages_of_one(found.copies)
    found.ruled_apart = _ruled_apart(found.articles.values())
    return found


def _links_of(numbers: Collection[int]) -> dict[int, DuplicateLink]:
    return {link.pk: link for link in DuplicateLink.objects.touching(numbers)}


def _reached(links: Iterable[DuplicateLink], known: dict[int, ArticleFacts]) -> set[int]:
    """Return the ends of the links that could join."""
    found: set[int] = set()
    for link in links:
        ends = {link.left_id, link.right_id}
        if not ends <= known.keys():
            continue  # deleted meanwhile
        pair = [known[end].dated for end in ends]
        if link.sameness != Sameness.PARTLY or group_stories(pair, [_copy(link)]):
            found |= ends
    return found


def _copy(link: DuplicateLink) -> Copy[int]:
    """Return the link as the pure half takes it; what a person says is one story is joined as exact copies are."""
    return Copy(
        link.left_id,
        link.right_id,
        link.jaccard,
        link.containment,
        Sameness.EXACT if link.ruled_same else Sameness(link.sameness),
        None if link.ruled_same else link.inner_id,
    )


def _pages_of_one(copies: Iterable[Copy[int]]) -> list[Copy[int]]:
    """Return a link for each two pages of one article that a third text holds.

    They share nothing, so that the whole article would be taken for a roundup of unrelated texts.
    """
    held: dict[int, set[int]] = {}
    for copy in copies:
        if copy.sameness is Sameness.CONTAINS and copy.inner is not None:
            held.setdefault(copy.b if copy.inner == copy.a else copy.a, set()).add(copy.inner)
    several = [inner for inner in held.values() if len(inner) > 1]
    if not several:
        return []
    pairs = PartLink.objects.touching(set().union(*several)).values_list("left", "right")
    return [
        Copy(left, right, 0.0, 0.0, Sameness.PARTLY)
        for left, right in pairs
        if any({left, right} <= inner for inner in several)
    ]


def _ruled_apart(articles: Collection[ArticleFacts]) -> list[frozenset[int]]:
    """Return the pairs that a person ruled to be different stories."""
    numbers = {facts.permanent_id: facts.number for facts in articles}
    if len(numbers) < len("ab"):
        return []
    rulings = Ruling.objects.standing().filter(
        verdict=Verdict.DIFFERENT, kind=ARTICLES, left__in=numbers, right__in=numbers
    )
    return [
        frozenset((numbers[left], numbers[right])) for left, right in rulings.values_list("left", "right")
    ]
