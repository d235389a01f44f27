"""Publication dates as EDTF, the standard form for dates of which not all is known."""

from __future__ import annotations

from collections.abc import Iterable

from articles.clean.dating import to_edtf
from articles.models import Article, FieldEvidence, Ruling
from articles.models.ruling import Verdict

READ_OFF_THE_TEXT = "content"  # how the methods begin that no stated date stands behind


def published_as_edtf(articles: Iterable[Article]) -> dict[int, str | None]:
    """Return each article's date by its number, None when unknown; two queries.

    A date that was read off the content is marked uncertain ("2012-04?"), unless a person set it.
    """
    rows = list(articles)
    read_off = FieldEvidence.objects.filter(
        field="published", method__startswith=READ_OFF_THE_TEXT, article__in=[row.pk for row in rows]
    )
    ruled = Ruling.objects.standing().filter(
        verdict=Verdict.FIELD, field="published", page__in=[row.page_id for row in rows]
    )
    uncertain = set(read_off.values_list("article", flat=True))
    by_people = set(ruled.values_list("page", flat=True))
    return {
        row.pk: to_edtf(row.published, uncertain=row.pk in uncertain and row.page_id not in by_people) or None
        for row in rows
    }
