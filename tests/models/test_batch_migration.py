"""Changes of many articles come and go with their tables; the rulings they made stay either way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.models.test_name_key_migration import at

BEFORE, AFTER = "0015_tags_collections_notes", "0016_changes_of_many_articles"


@pytest.mark.django_db(transaction=True)
def test_they_go_and_the_rulings_stay(later: Any) -> None:
    model = later.get_model
    page = model("articles", "StoredPage").objects.create(
        sha256="a" * 64, compressed=b"", size=0, name="a.txt"
    )
    ruling = model("articles", "Ruling").objects.create(
        verdict="field", field="status", page=page, made_by_name="lena"
    )
    job = model("articles", "Job").objects.create(kind="batch")
    batch = model("articles", "Batch").objects.create(action="hide", made_by_name="lena", job=job)
    batch.items.create(page=page, state="done", ruling=ruling)
    back = at(BEFORE)
    assert back.get_model("articles", "Ruling").objects.get().field == "status"
    assert not back.get_model("articles", "Job").objects.exists()
    again = at(AFTER).get_model("articles", "Batch").objects
    assert again.count() == 0
