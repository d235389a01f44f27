"""Lines in dispute come and go with their table; what people ruled on lines stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.models.test_name_key_migration import at

BEFORE, AFTER = "0017_pairs_ruled_one_story", "0018_lines_in_dispute"


@pytest.mark.django_db(transaction=True)
def test_they_go_and_rulings_stay(later: Any) -> None:
    def model(name: str) -> Any:
        return later.get_model("articles", name).objects

    page = model("StoredPage").create(sha256="a" * 64, compressed=b"", size=0, name="a.txt")
    article = model("Article").create(page=page, permanent_id="a" * 12, text_hash="a")
    model("DisputedLine").create(
        article=article, number=7, phrase="get", text="Get", says_no="x", says_yes="y"
    )
    model("Ruling").create(
        verdict="line", page=page, value={"line": "Get", "label": "chrome"}, made_by_name="lena"
    )
    back = at(BEFORE)
    assert back.get_model("articles", "Ruling").objects.get().verdict == "line"
    assert back.get_model("articles", "Article").objects.count() == 1
    assert at(AFTER).get_model("articles", "DisputedLine").objects.count() == 0
