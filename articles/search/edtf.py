"""Publication dates as EDTF, the standard form for dates of which not all is known."""

from __future__ import annotations

from collections.abc import Iterable

from articles.clean.dating import to_edtf
from articles.models import Article, FieldEvidence, Ruling
from articles.models.ruling import Verdict

READ_OFF_THE_TEXT = "content"  # how the methods begin that no stated date stands behind


def published_as_edtf(articles: Iterable[Article]) -> dict[int, str | None]:
    """Return each article's date by its number, None when unknown; two queries.

    A date that was read off the content is marked uncertain: "2012-04?".
    """
    rows = list(articles)
    uncertain = read_off_the_text(rows)
    return {row.pk: to_edtf(row.published, uncertain=row.pk in uncertain) or None for row in rows}


def read_off_the_text(articles: Iterable[Article]) -> set[int]:
    """Return the numbers of those articles whose date neither their page nor a person states; two queries."""
    pages = {article.pk: article.page_id for article in articles}
    found = FieldEvidence.objects.filter(
        field="published", method__startswith=READ_OFF_THE_TEXT, article__in=list(pages)
    )
    ruled = Ruling.objects.standing().filter(
        verdict=Verdict.FIELD, field="published", page__in=list(pages.values())
    )
    by_people = set(ruled.values_list("page", flat=True))
    return {number for number in found.values_list("article", flat=True) if pages[number] not in by_people}
