"""Tags, collections and notes come and go with their tables; what people ruled of fields stays either way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.models.test_name_key_migration import at

BEFORE, AFTER = "0014_outlets_remember", "0015_tags_collections_notes"


@pytest.mark.django_db(transaction=True)
def test_they_go_and_come_back_and_rulings_on_fields_stay(later: Any) -> None:
    page = later.get_model("articles", "StoredPage").objects.create(
        sha256="a" * 64, compressed=b"", size=0, name="a.txt"
    )
    tag = later.get_model("articles", "Tag").objects.create(name="Ceasefire", slug="ceasefire")
    tag.pages.add(page)
    later.get_model("articles", "Note").objects.create(page=page, text="Ask.", made_by_name="lena")
    rulings = later.get_model("articles", "Ruling").objects
    rulings.create(verdict="field", field="section", page=page, made_by_name="lena")
    rulings.create(
        verdict="tag",
        left="ceasefire",
        value={"on": True, "name": "Ceasefire"},
        page=page,
        made_by_name="lena",
    )
    back = at(BEFORE).get_model("articles", "Ruling").objects
    assert set(back.values_list("verdict", flat=True)) == {"field", "tag"}
    again = at(AFTER)
    assert again.get_model("articles", "Ruling").objects.filter(verdict="tag").exists()
    assert list(again.get_model("articles", "Tag").objects.values_list("slug", flat=True)) == ["ceasefire"]
    assert again.get_model("articles", "Tagging").objects.get().page_id == page.pk
