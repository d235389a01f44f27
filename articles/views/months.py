"""Articles per month: counted in the database, for the pages that show coverage without a search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from articles.models.article import ArticleQuerySet
from articles.search.facets import DOUBTFUL, UNDATED
from articles.search.page import MonthBar
from articles.views.chart import Chart, draw


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a set of articles lies in time: the chart and the numbers beneath it."""

    chart: Chart
    total: int
    undated: int
    doubtful: int  # dated, but over more than one month

    @property
    def dated(self) -> int:
        """Articles with a publication date of any precision."""
        return self.total - self.undated


def coverage(articles: ArticleQuerySet, *, url_of: Callable[[str], str]) -> Coverage:
    """Count articles by month, as the search does; `url_of` gives the address for a month such as 2012-07."""
    rows = (
        articles.dated()
        .order_by()
        .annotate(month=TruncMonth("published_from"), last_month=TruncMonth("published_to"))
        .filter(month=F("last_month"))
        .values("month")
        .annotate(number=Count("pk"))
        .order_by("month")
    )
    months = [_bar(row["month"].isoformat()[:7], row["number"], url_of) for row in rows]
    sums = articles.aggregate(
        total=Count("pk"),
        undated=Count("pk", filter=Q(published_from__isnull=True) | Q(published_to__isnull=True)),
    )
    doubtful = sums["total"] - sums["undated"] - sum(month.count for month in months)
    apart = [_bar(DOUBTFUL, doubtful, url_of), _bar(UNDATED, sums["undated"], url_of)]
    return Coverage(
        chart=draw(months, apart=[bar for bar in apart if bar.count]),
        total=sums["total"],
        undated=sums["undated"],
        doubtful=doubtful,
    )


def _bar(month: str, number: int, url_of: Callable[[str], str]) -> MonthBar:
    return MonthBar(month=month, count=number, archive_count=number, url=url_of(month))
