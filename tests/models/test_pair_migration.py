"""That two articles are one story follows from the rulings, also after the column has gone and come back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from tests.models.test_name_key_migration import at

BEFORE, AFTER = "0016_changes_of_many_articles", "0017_pairs_ruled_one_story"


@pytest.fixture
def former() -> Iterator[Any]:
    """Return the models as they were before."""
    try:
        yield at(BEFORE)
    finally:
        call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_rulings_are_noted_on_their_links(former: Any) -> None:
    def model(name: str) -> Any:
        return former.get_model("articles", name).objects

    articles = [
        model("Article").create(
            page=model("StoredPage").create(sha256=letter * 64, compressed=b"", size=0, name="a.txt"),
            permanent_id=letter * 12,
            text_hash=letter,
        )
        for letter in "bac"
    ]
    for left, right in ((0, 1), (0, 2)):
        model("DuplicateLink").create(
            left=articles[left], right=articles[right], jaccard=0.4, containment=0.4
        )
    model("Ruling").create(verdict="same", kind="article", left="a" * 12, right="b" * 12, made_by_name="lena")
    for _ in range(2):
        links = at(AFTER).get_model("articles", "DuplicateLink").objects
        assert list(links.filter(ruled_same=True).values_list("left", "right")) == [
            (articles[0].pk, articles[1].pk)
        ]
        assert at(BEFORE).get_model("articles", "DuplicateLink").objects.count() == 2
