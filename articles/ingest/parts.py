"""Pages of one article: "Page 1 of 2" and "Page 2 of 2", found again and linked."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import parse_qsl, unquote, urlsplit

from rapidfuzz.fuzz import ratio

from articles.models import Article, DuplicateLink, PartKey, PartLink
from articles.models.copy_key import as_stored
from articles.resolve.copies import DatedArticle
from articles.resolve.copies.stories import MOST_DAYS_APART

# A headline of fewer words may be a column's, which comes back every week: "News in brief".
FEWEST_WORDS = 4

# Headlines of two pages of one article may differ by a mark or a "continued"; ratio of RapidFuzz, 0 to 100.
LEAST_LIKE = 85

# Pages that may come into question for one article. When there are more, a headline or a byline proves
# nothing, and only addresses count.
MOST_PAGES = 60

_SIGNS = re.compile(r"[\W_]+")
_PAGE_WORDS = re.compile(r"\W*\bpage \d+(?: of \d+)?\W*$", re.IGNORECASE)
_PAGE_PARAMETERS = {"page", "p", "pg", "pagenum", "page_no", "pagewanted", "pagenumber"}


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked of one page, empty where nothing is known. Copies have one `text`, a number."""

    number: int
    page: int
    of: int | None
    outlet: int | None
    headline: str
    authors: frozenset[str]
    dated: DatedArticle[int]
    precision: str
    address: str
    text: int


def link_parts(article: Article) -> None:
    """Find the other pages of an article and link them. Call it inside the transaction that saved it.

    All pages that have a headline, an address or a byline in common are looked at together, so that what
    came in first makes no difference: where two pages may be the second of one article, and are no copies
    of each other, neither is.
    """
    page = _page(article, {}) if article.partial else None
    former = PartKey.objects.sharing_with([article.pk], most=MOST_PAGES)
    if page is None and not former:
        return
    PartKey.objects.put(article.pk, _keys(page) if page else ())
    pages = _pages_around({article.pk, *former})
    reasons = _reasons(pages)
    numbers = {*former, *(each.number for each in pages)}
    for link in PartLink.objects.among(numbers):
        if reasons.get((link.left_id, link.right_id)) == link.reason:
            del reasons[link.left_id, link.right_id]
        else:
            link.delete()
    PartLink.objects.bulk_create(
        PartLink(left_id=left, right_id=right, reason=reason) for (left, right), reason in reasons.items()
    )


def why_one(left: Page, right: Page) -> str:
    """Return the sentence that says why two pages are of one article, "" when they are not.

    1. They are different pages of as many, and neither outlets, authors nor dates speak against it where
    both are known. 2. Something speaks for it: the address, the headline, or the byline and the day.
    """
    if _exclude_each_other(left, right):  # 1
        return ""
    if left.address and left.address == right.address:  # 2
        return "Their addresses differ in the number of the page alone."
    if left.headline and left.headline == right.headline and len(left.headline.split()) >= FEWEST_WORDS:
        return "Both say that they are one page of several, and have one headline."
    same_day = left.precision == right.precision == "day" and left.dated.start == right.dated.start
    byline = left.outlet and left.outlet == right.outlet and left.authors == right.authors and left.authors
    likely = not left.headline or not right.headline or ratio(left.headline, right.headline) >= LEAST_LIKE
    if byline and same_day and likely:
        return "Both say that they are one page of several, of one outlet, author and day."
    return ""


def _exclude_each_other(left: Page, right: Page) -> bool:
    return bool(
        left.page == right.page
        or (left.of and right.of and left.of != right.of)
        or (left.outlet and right.outlet and left.outlet != right.outlet)
        or (left.authors and right.authors and not left.authors & right.authors)
        or _too_far_apart(left.dated, right.dated)
    )


def _too_far_apart(left: DatedArticle[int], right: DatedArticle[int]) -> bool:
    gaps = [
        (later.start - earlier.end).days
        for earlier, later in ((left, right), (right, left))
        if later.start is not None and earlier.end is not None
    ]
    return max(gaps, default=0) > MOST_DAYS_APART


def _pages_around(numbers: Collection[int]) -> list[Page]:
    """Return all pages that keys lead to from these, or, when they are too many, the nearest ones only."""
    found = set(numbers)
    while True:
        wider = found.union(PartKey.objects.sharing_with(found, most=MOST_PAGES + 1))
        if len(wider) > MOST_PAGES or wider == found:
            break
        found = wider
    articles = Article.objects.filter(pk__in=wider, page_number__isnull=False).select_related("page")
    texts = _texts_of(wider)
    return [_page(article, texts) for article in articles.defer("body", "page__compressed").order_by("pk")]


def _texts_of(numbers: Collection[int]) -> dict[int, int]:
    """Return, for each article that has copies among these, the lowest number of them: equal for copies."""
    strong = (DuplicateLink.Sameness.EXACT, DuplicateLink.Sameness.NEAR)
    links = DuplicateLink.objects.filter(left__in=numbers, right__in=numbers, sameness__in=strong)
    groups = {number: {number} for number in numbers}
    for left, right in links.values_list("left", "right"):
        joined = groups[left] | groups[right]
        groups.update(dict.fromkeys(joined, joined))
    return {number: min(group) for number, group in groups.items()}


def _reasons(pages: Collection[Page]) -> dict[tuple[int, int], str]:
    """Return the pairs of pages that are of one article, the lower number first, with the reason."""
    likely: dict[tuple[int, int], str] = {}
    for left, right in combinations(sorted(pages, key=lambda page: page.number), 2):
        reason = why_one(left, right)
        if reason:
            likely[left.number, right.number] = reason
    by_number = {page.number: page for page in pages}
    chosen = {page.number: set(_choices(page, likely, by_number)) for page in pages}
    return {
        (left, right): reason
        for (left, right), reason in likely.items()
        if right in chosen[left] and left in chosen[right]
    }


def _choices(page: Page, likely: dict[tuple[int, int], str], pages: dict[int, Page]) -> Iterator[int]:
    """Return, for each other page number, the pages that may be it, if they are one text or one address."""
    others: dict[int, list[Page]] = {}
    for pair in likely:
        if page.number in pair:
            other = pages[pair[0] if pair[1] == page.number else pair[1]]
            others.setdefault(other.page, []).append(other)
    for candidates in others.values():
        same_address = [each for each in candidates if page.address and each.address == page.address]
        chosen = same_address or (candidates if len(pages) <= MOST_PAGES else [])
        if len({each.text for each in chosen}) == 1:
            yield from (each.number for each in chosen)


def _page(article: Article, texts: Mapping[int, int]) -> Page:
    return Page(
        number=article.pk,
        page=article.page_number or 1,
        of=article.page_count,
        outlet=article.outlet_id,
        headline=_plain(_PAGE_WORDS.sub("", article.headline)),
        authors=frozenset(map(_plain, article.authors)),
        dated=DatedArticle(article.pk, article.published_from, article.published_to, article.outlet_id),
        precision=article.published_precision,
        address=address_without_page(article.page.url, article.page_number or 1),
        text=texts.get(article.pk, article.pk),
    )


def _keys(page: Page) -> Iterator[int]:
    """Return what the other pages of an article can be looked up by."""
    shared = []
    if page.address:
        shared.append(f"address {page.address}")
    if page.headline:
        shared.append(f"headline {page.headline}")
    if page.outlet and page.authors and page.precision == "day":
        shared.append(f"byline {page.outlet} {sorted(page.authors)} {page.dated.start}")
    for words in shared:
        yield as_stored(zlib.crc32(words.encode()))


def address_without_page(address: str, page: int) -> str:
    """Return what the addresses of an article's pages have in common; "" when it is no web address.

    The number is taken out in the forms that sites give it: "?page=2", "/page/2", "/(page)/2", "-2.html",
    "_p2". The first page often has none.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or len(parts.path) <= 1:
        return ""
    path = unquote(parts.path).rstrip("/")
    path = re.sub(rf"(?:/\(?page\)?/{page}|[/_-](?:page-?|p)?{page})(?=$|\.\w+$)", "", path, count=1)
    query = sorted(pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _PAGE_PARAMETERS)
    return f"{parts.netloc.lower().removeprefix('www.')}{path} {query}"


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()
