"""A page of results as plain data, for the command line, the API and whoever else wants JSON.

The form is a contract: later versions add keys and take none away; what is not known is null or empty.
"""

from __future__ import annotations

from typing import Any

from articles.models import Article
from articles.search.edtf import published_as_edtf
from articles.search.more_like import MoreLike
from articles.search.page import FacetGroup, Hit, MonthBar, SearchPage


def page_as_data(page: SearchPage) -> dict[str, Any]:
    """Return the page: counts, hits, facets, months, diagnostics. Addresses are query strings with "?"."""
    dates = published_as_edtf(hit.article for hit in page.hits)
    return {
        "query": page.request.query,
        "mode": page.request.mode.value,
        "url": page.request.url,
        "count": page.request.count.value,
        "show": page.request.show.value,
        "bars": page.request.bars.value,
        "total": page.total,
        "article_total": page.article_total,
        "story_total": page.story_total,
        "archive_total": page.archive_total,
        "page": page.page,
        "pages": page.pages,
        "hits": [_hit(hit, dates[hit.article.pk]) for hit in page.hits],
        "facets": [_facet(group) for group in page.facets],
        "months": [_bar(bar) for bar in page.histogram],
        "undated": _bar(page.undated) if page.undated else None,
        "doubtful": _bar(page.doubtful) if page.doubtful else None,
        "undated_left_out": page.undated_left_out,
        "undated_url": page.undated_url,
        "diagnostics": [
            {"message": one.message, "repaired": one.repaired, "repaired_url": one.repaired_url}
            for one in page.diagnostics
        ],
        "did_you_mean": {"query": better.query, "url": better.url} if (better := page.did_you_mean) else None,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
    }


def more_like_as_data(found: MoreLike) -> dict[str, Any]:
    """Return the articles most like one, each with what it shares."""
    dates = published_as_edtf(one.article for one in found.hits)
    return {
        "hits": [
            {
                "article": one.article.permanent_id,
                "url": one.article.get_absolute_url(),
                "headline": one.article.headline or None,
                "outlet": one.article.outlet.name if one.article.outlet else None,
                "published": _published(one.article, dates[one.article.pk]),
                "shares": list(one.shares),
                "score": one.score,
            }
            for one in found.hits
        ],
        "stories": found.stories,
        "search_url": found.url,
    }


def _published(article: Article, edtf: str | None) -> dict[str, Any]:
    return {
        "from": article.published_from.isoformat() if article.published_from else None,
        "to": article.published_to.isoformat() if article.published_to else None,
        "precision": article.published_precision,
        "edtf": edtf,
    }


def _hit(hit: Hit, edtf: str | None) -> dict[str, Any]:
    article = hit.article
    return {
        "number": hit.number,
        "article": article.permanent_id,
        "url": hit.url,
        "headline": article.headline or None,
        "subtitle": article.subtitle or None,
        "outlet": article.outlet.name if article.outlet else None,
        "authors": article.authors,
        "published": _published(article, edtf),
        "language": article.language or None,
        "partial": article.partial,
        "snippet": hit.snippet,
        "terms": [{"term": one.term, "hits": one.count} for one in hit.marks.terms],
        "more_versions": hit.more_versions,
        "story_url": hit.story_url or None,
        "score": hit.score,
    }


def _facet(group: FacetGroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "label": group.label,
        "more": group.more,
        "values": [
            {
                "value": one.value,
                "label": one.label,
                "count": one.count,
                "share": one.share,
                "selected": one.selected,
                "excluded": one.excluded,
                "toggle_url": one.toggle_url,
                "exclude_url": one.exclude_url,
            }
            for one in group.values
        ],
    }


def _bar(bar: MonthBar) -> dict[str, Any]:
    return {
        "month": bar.month,
        "count": bar.count,
        "archive_count": bar.archive_count,
        "share": bar.share,
        "url": bar.url,
    }
