"""Articles per month: counted in the database, for the pages that show coverage without a search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from articles.models.article import ArticleQuerySet
from articles.search.page import MonthBar
from articles.views.chart import Chart, draw


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a set of articles lies in time: the chart, and what it cannot show."""

    chart: Chart
    total: int
    undated: int
    unplaced: int  # dated, but to more than one month

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
    bars = tuple(
        MonthBar(
            month=row["month"].isoformat()[:7],
            count=row["number"],
            archive_count=row["number"],
            url=url_of(row["month"].isoformat()[:7]),
        )
        for row in rows
    )
    sums = articles.aggregate(
        total=Count("pk"),
        undated=Count("pk", filter=Q(published_from__isnull=True) | Q(published_to__isnull=True)),
    )
    in_months = sum(bar.count for bar in bars)
    return Coverage(
        chart=draw(bars),
        total=sums["total"],
        undated=sums["undated"],
        unplaced=sums["total"] - sums["undated"] - in_months,
    )
