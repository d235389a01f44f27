"""Articles per month: counted in the database, for the pages that show coverage without a search."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from articles.models.article import ArticleQuerySet
from articles.search.facets import DOUBTFUL, UNDATED
from articles.search.page import MonthBar
from articles.search.request import SearchRequest, Selection
from articles.views.chart import Chart, draw
from articles.views.search_links import ChartFiles, months_files, search_at


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a set of articles lies in time: the chart, the numbers beneath it, and the chart as files."""

    chart: Chart
    files: ChartFiles
    total: int
    undated: int
    doubtful: int  # dated, but over more than one month

    @property
    def dated(self) -> int:
        """Articles with a publication date of any precision."""
        return self.total - self.undated


def coverage(articles: ArticleQuerySet, *, search: SearchRequest) -> Coverage:
    """Count articles by month, as the search does that finds the same; its months are where the bars lead."""
    rows = (
        articles.dated()
        .order_by()
        .annotate(month=TruncMonth("published_from"), last_month=TruncMonth("published_to"))
        .filter(month=F("last_month"))
        .values("month")
        .annotate(number=Count("pk"))
        .order_by("month")
    )
    months = [_bar(row["month"].isoformat()[:7], row["number"], search) for row in rows]
    sums = articles.aggregate(
        total=Count("pk"),
        undated=Count("pk", filter=Q(published_from__isnull=True) | Q(published_to__isnull=True)),
    )
    doubtful = sums["total"] - sums["undated"] - sum(month.count for month in months)
    apart = [_bar(DOUBTFUL, doubtful, search), _bar(UNDATED, sums["undated"], search)]
    return Coverage(
        chart=draw(months, apart=[bar for bar in apart if bar.count]),
        files=months_files(search),
        total=sums["total"],
        undated=sums["undated"],
        doubtful=doubtful,
    )


def _bar(month: str, number: int, search: SearchRequest) -> MonthBar:
    url = search_at(search.selecting(Selection("month", month)))
    return MonthBar(month=month, count=number, archive_count=number, url=url)
