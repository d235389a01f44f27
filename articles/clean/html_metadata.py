"""What an HTML page says about itself out of sight: JSON-LD, meta elements, <time>."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from articles.clean.article import DateInterval
from articles.clean.dates import day_interval
from articles.clean.lines import plain

# JSON-LD types that are an article; "Report" and "LiveBlogPosting" are subtypes of it.
_ARTICLE = re.compile(r"(Article|BlogPosting|Report|LiveBlog)", re.IGNORECASE)
_DAY = re.compile(r"^\s*((?:1[789]|20)\d\d)-(\d\d)-(\d\d)")
# Objects read from the JSON-LD of one page: real pages have some ten, and broken ones must not cost time.
_MOST_OBJECTS = 2000


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A day that metadata states, with the place of the statement: "JSON-LD datePublished"."""

    interval: DateInterval
    place: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page's metadata says; empty values where it says nothing.

    `marked_authors` are those of elements in sight that markup gives to the author: surer than wording, less sure
    than metadata, as promos of other stories may have them too.
    """

    headline: str | None
    description: str | None
    authors: tuple[str, ...]
    marked_authors: tuple[str, ...]
    site: str | None
    section: str | None
    published: tuple[StatedDate, ...]
    updated: tuple[StatedDate, ...]


def read_metadata(tree: HtmlElement) -> PageMetadata:
    """JSON-LD first, then meta elements, then <time>."""
    article = next((item for item in _json_objects(tree) if _is_article(item)), {})
    meta = _meta(tree)
    return PageMetadata(
        headline=_text(article.get("headline")) or meta.get("og:title") or meta.get("twitter:title"),
        description=_text(article.get("description"))
        or meta.get("og:description")
        or meta.get("description"),
        authors=_stated_authors(article, meta),
        marked_authors=_marked_authors(tree),
        site=meta.get("og:site_name") or _name(article.get("publisher")),
        section=_text(article.get("articleSection")) or meta.get("article:section"),
        published=_days(
            ("JSON-LD datePublished", article.get("datePublished")),
            ("meta article:published_time", meta.get("article:published_time")),
            *(
                (f"meta {name}", meta.get(name))
                for name in (
                    "datepublished",
                    "date",
                    "pubdate",
                    "publish-date",
                    "dc.date",
                    "dc.date.issued",
                    "dcterms.created",
                    "parsely-pub-date",
                    "sailthru.date",
                )
            ),
            *_times(tree, updated=False),
        ),
        updated=_days(
            ("JSON-LD dateModified", article.get("dateModified")),
            ("meta article:modified_time", meta.get("article:modified_time")),
            ("meta og:updated_time", meta.get("og:updated_time")),
            *_times(tree, updated=True),
        ),
    )


# Meta elements that name the author, surest first.
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
)


def _stated_authors(article: dict[str, Any], meta: dict[str, str]) -> tuple[str, ...]:
    """The authors of JSON-LD, else of the first meta element that has some; the publisher is never one."""
    houses = {_name(article.get("publisher")), meta.get("og:site_name")}
    stated = [_people(article.get("author")), *(_split_names(meta.get(name, "")) for name in _AUTHOR_NAMES)]
    people = (tuple(name for name in names if name not in houses) for names in stated)
    return next(filter(None, people), ())


# Classes of an element that holds the author's name and nothing else of the story.
_AUTHOR_CLASS = re.compile(
    r"(?:^|\s)(?:by-?line|(?:article|post|entry|story)?[-_]*author)(?:[-_]+(?:names?|link))?(?:\s|$)",
    re.IGNORECASE,
)
# Elements looked at for an author, and the letters of a byline in sight.
_MOST_ELEMENTS, _LONGEST_BYLINE = 4000, 120


def _marked_authors(tree: HtmlElement) -> tuple[str, ...]:
    """The names in the first element that markup gives to the author: by rel, itemprop or class."""
    for element in islice(tree.iter("a", "span", "p", "div", "address", "li"), _MOST_ELEMENTS):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if marked or _AUTHOR_CLASS.search(element.get("class") or ""):
            text = plain(element.text_content())
            names = _split_names(text) if len(text) <= _LONGEST_BYLINE else ()
            if names:
                return names
    return ()


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Meta elements by name or property in lower case, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = plain(element.get("content") or "")
        if name and content:
            found.setdefault(name.casefold(), content)
    return found


def _json_objects(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of every JSON-LD script, outer before inner; scripts that are no JSON are passed over."""
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            pending: list[Any] = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending and seen < _MOST_OBJECTS:
            item = pending.pop(0)
            seen += 1
            if isinstance(item, dict):
                yield item
                pending += [value for value in item.values() if isinstance(value, (dict, list))]
            elif isinstance(item, list):
                pending += item[:_MOST_OBJECTS]


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def _text(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return plain(re.sub(r"<[^>]{1,200}>", " ", value)) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return _text(value)


def _people(value: object) -> tuple[str, ...]:
    """The people in a JSON-LD author, which may be text, an object or a list of these."""
    items = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in items[:30]:
        if isinstance(item, dict) and _is_house(item):
            continue
        name = _name(item)
        if name and not name.startswith("http"):
            names += _split_names(name)
    return tuple(dict.fromkeys(names))


def _is_house(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any("Organization" in str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _split_names(text: str) -> tuple[str, ...]:
    if text.startswith("http"):
        return ()
    parts = re.split(r"\s*[,;|&/]\s*|\s+and\s+", re.sub(r"^[Bb]y\s+", "", text))
    return tuple(part for part in parts if part)


def _days(*stated: tuple[str, object]) -> tuple[StatedDate, ...]:
    """The statements that begin with an ISO day; the day is taken as written, in the page's own time zone."""
    days = []
    for place, value in stated:
        match = _DAY.match(value) if isinstance(value, str) else None
        if match:
            try:
                days.append(
                    StatedDate(day_interval(date(int(match[1]), int(match[2]), int(match[3]))), place)
                )
            except ValueError:
                continue
    return tuple(days)


def _times(tree: HtmlElement, *, updated: bool) -> Iterator[tuple[str, object]]:
    """<time datetime> elements that say by attribute or neighbouring word which date they are."""
    for element in list(tree.iter("time"))[:50]:
        marks = " ".join(filter(None, (element.get("itemprop"), element.get("class"), element.text)))
        is_update = bool(re.search(r"modif|updat", marks, re.IGNORECASE))
        is_publication = (
            bool(re.search(r"publish|posted|entry-date", marks, re.IGNORECASE))
            or element.get("pubdate") is not None
        )
        if (updated and is_update) or (not updated and is_publication and not is_update):
            yield f"time element “{plain(element.text_content())[:40]}”", element.get("datetime")
