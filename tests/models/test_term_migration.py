"""Terms of reference lists that were given in years are told as years; what is taken back keeps its name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from tests.models.test_name_key_migration import at

BEFORE, AFTER = "0009_uploads", "0010_how_exactly_terms_are_known"


@pytest.fixture
def former() -> Iterator[Any]:
    """Return the models as they were before."""
    try:
        yield at(BEFORE)
    finally:
        call_command("migrate", verbosity=0)


def fill(apps: Any) -> None:
    actor = apps.get_model("articles", "Actor").objects.create(
        name="Ada Lund", kind="person", machine_name="Ada Lund", machine_kind="person"
    )
    terms = (
        ("years", date(2011, 1, 1), date(2016, 12, 31), "authority"),
        ("days", date(2011, 1, 1), date(2016, 5, 3), "authority"),
        ("seen", date(2011, 1, 1), date(2016, 12, 31), "machine"),
    )
    for phrase, first, last, origin in terms:
        apps.get_model("articles", "Role").objects.create(
            actor=actor, phrase=phrase, title=phrase, held_from=first, held_to=last, origin=origin
        )
    lena = apps.get_model("auth", "User").objects.create(username="lena")
    apps.get_model("articles", "Ruling").objects.create(verdict="field", made_by_name="lena", undone_by=lena)


@pytest.mark.django_db(transaction=True)
def test_years_are_told_and_the_days_stay(former: Any) -> None:
    fill(former)
    roles, rulings = (at(AFTER).get_model("articles", name).objects for name in ("Role", "Ruling"))
    known = roles.values_list("phrase", "held_from_precision", "held_to_precision")
    assert set(known) == {("years", "year", "year"), ("days", "day", "day"), ("seen", "day", "day")}
    assert rulings.get().undone_by_name == "lena"
    back = at(BEFORE).get_model("articles", "Role").objects
    assert back.get(phrase="years").held_from == date(2011, 1, 1)
