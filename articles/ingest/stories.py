"""Copies and stories: what an article shares with others, kept up to date while pages come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db import connection, transaction
from django.db.models import Q

from articles.ingest.copy_shelf import BODIES_AT_ONCE, ArchiveShelf
from articles.ingest.large_stories import recount
from articles.ingest.neighbourhood import ARTICLES, MOST_REGROUPED
from articles.ingest.neighbours import keep_dated_text
from articles.ingest.outlet_lines import move_page
from articles.ingest.parts import link_parts
from articles.ingest.regroup import regroup
from articles.models import Article, CopyKey, DuplicateLink, Ruling, Story
from articles.models.ruling import Verdict
from articles.resolve.copies import Copy, CopyIndex, Sameness, compare_texts

# New links of one article, the strongest first. A story of more articles than these is joined all the same,
# since each is linked to the same earliest ones; with links to all 128 that are compared, ten thousand
# copies of one text would have more than a million.
MOST_LINKS = 32

# Articles that `relink` stores together: about a second, for which other writers wait.
ARTICLES_AT_ONCE = 50

# Any number will do, as long as nothing else in the database locks by it.
_TURN = 1_146_048_332


def link_copies(article: Article) -> None:
    """Find the copies of an article among all others, and bring stories and pages up to date.

    Call it inside the transaction that saved the article, once its fields stand. It costs the same in any
    archive: one look-up of some 85 keys, at most 128 exact comparisons, and the stories it touches. Doing
    it again changes nothing; after a change of the body, the links are those of the new text.
    1. Take turns. 2. Compare with the likeliest. 3. Look again at those it was linked to. 4. Write what
    differs. 5. Link the other pages of the article. 6. Regroup the stories of all that are or were linked:
    a text that holds all pages of an article is no roundup, which 6 learns from 5. 7. Let it date others.
    """
    take_turns()  # 1
    before = {_other(link, article.pk): link for link in DuplicateLink.objects.touching([article.pk])}
    shelf = ArchiveShelf(article)
    found = CopyIndex(shelf).add(article.pk, article.body)  # 2
    if not shelf.kept:
        CopyKey.objects.put(article.pk, ())
    copies = {copy.a: copy for copy in found[:MOST_LINKS]}
    copies |= {copy.a: copy for copy in found if copy.a in before}
    copies |= _still_copies(article, before.keys() - shelf.compared)  # 3
    if _write(before, copies):  # 4
        note_ruled_same(article)
    link_parts(article)  # 5
    regroup([article.pk], linked=[*before, *copies])  # 6
    article.story_id = Article.objects.values_list("story_id", flat=True).get(pk=article.pk)
    keep_dated_text(article)  # 7


def regroup_after_ruling(article: Article) -> None:
    """Bring stories, pages and memory up to date after a ruling that left the text: a date, an outlet."""
    take_turns()
    link_parts(article)
    regroup([article.pk])
    keep_dated_text(article)
    move_page(article)


def relink(*, after: int = 0) -> Iterator[int]:
    """Link the whole archive anew, from the article after that number on, ARTICLES_AT_ONCE a transaction.

    Yields the number of the last article of each batch as soon as it is stored: starting again after it
    goes on where this stopped. Rulings stand. At the end stories that lost all articles are deleted, and
    large ones, whose figures grow one by one, are counted anew.
    """
    while batch := list(
        Article.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:ARTICLES_AT_ONCE]
    ):
        with transaction.atomic():
            take_turns()
            for article in Article.objects.filter(pk__in=batch).order_by("pk"):
                link_copies(article)
                move_page(article)
        after = batch[-1]
        yield after
    with transaction.atomic():
        take_turns()
        Story.objects.filter(articles__isnull=True).delete()
        for number in Story.objects.filter(article_count__gt=MOST_REGROUPED).values_list("pk", flat=True):
            recount(number)


def take_turns() -> None:
    """Make two processes link one after the other, until their transactions end.

    Of two copies stored at the same moment neither would see the other's keys. SQLite has one writer at a
    time; PostgreSQL is asked for a lock that the end of the transaction gives back.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _still_copies(article: Article, numbers: Iterable[int]) -> dict[int, Copy[int]]:
    """Return those of an article's former copies that it still is a copy of."""
    bodies = Article.objects.filter(pk__in=list(numbers)).order_by("pk").values_list("pk", "body")
    found = {}
    for number, body in bodies.iterator(chunk_size=BODIES_AT_ONCE):
        copy = compare_texts(body, article.body)
        if copy is not None:
            inner = {"left": number, "right": article.pk}.get(copy.inner or "")
            found[number] = Copy(number, article.pk, copy.jaccard, copy.containment, copy.sameness, inner)
    return found


def note_ruled_same(article: Article) -> None:
    """Note on an article's links which of them join what a person says is one story."""
    own = article.permanent_id
    rulings = Ruling.objects.standing().filter(verdict=Verdict.SAME, kind=ARTICLES)
    pairs = rulings.filter(Q(left=own) | Q(right=own)).values_list("left", "right")
    others = {end for pair in pairs for end in pair} - {own}
    links = DuplicateLink.objects.touching([article.pk])
    if others:
        ruled = Q(left__permanent_id__in=others) | Q(right__permanent_id__in=others)
        links.filter(pk__in=list(links.filter(ruled).values_list("pk", flat=True))).update(ruled_same=True)
        links = links.exclude(ruled)
    stale = list(links.filter(ruled_same=True).values_list("pk", flat=True))
    if stale:
        DuplicateLink.objects.filter(pk__in=stale).update(ruled_same=False)


def _write(before: Mapping[int, DuplicateLink], copies: Mapping[int, Copy[int]]) -> bool:
    """Make an article's links these copies; only what differs is written. True when there are new links."""
    links = {other: _link(copy) for other, copy in copies.items()}
    same = {other for other, link in before.items() if other in links and _says(link) == _says(links[other])}
    gone = [link.pk for other, link in before.items() if other not in same]
    if gone:
        DuplicateLink.objects.filter(pk__in=gone).delete()
    fresh = [link for other, link in links.items() if other not in same]
    DuplicateLink.objects.bulk_create(fresh)
    return bool(fresh)


def _link(copy: Copy[int]) -> DuplicateLink:
    left, right = sorted((copy.a, copy.b))
    return DuplicateLink(
        left_id=left,
        right_id=right,
        sameness=Sameness(copy.sameness).value,
        jaccard=copy.jaccard,
        containment=copy.containment,
        inner_id=copy.inner,
    )


def _says(link: DuplicateLink) -> tuple[str, float, float, int | None]:
    return link.sameness, link.jaccard, link.containment, link.inner_id


def _other(link: DuplicateLink, number: int) -> int:
    return link.left_id if link.right_id == number else link.right_id
