"""The ledger of actors comes out of the former tables, and goes back into them without loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE, AFTER = "0004_verdict_words", "0005_ledger_of_actors"
MODELS = ("Actor", "Alias", "Role", "Mention", "Quote", "Ruling")


def at(name: str) -> Any:
    """Migrate to a state, and return its models."""
    executor = MigrationExecutor(connection)
    executor.migrate([("articles", name)])
    return MigrationExecutor(connection).loader.project_state([("articles", name)]).apps


def rows(apps: Any) -> dict[str, list[dict[str, Any]]]:
    return {name: list(apps.get_model("articles", name).objects.order_by("pk").values()) for name in MODELS}


@pytest.fixture
def former() -> Iterator[Any]:
    """Return the models as they were before."""
    try:
        yield at(BEFORE)
    finally:
        call_command("migrate", verbosity=0)


def fill(apps: Any) -> None:
    """A renamed actor with a spelling added and one removed, a hidden one, one of another kind, a field."""
    get = lambda name: apps.get_model("articles", name).objects  # noqa: E731  # shorter than the thing
    page = get("StoredPage").create(
        sha256="a" * 64, compressed=b"", size=0, media_type="text/plain", charset="utf-8", name="x"
    )
    article = get("Article").create(
        page=page, permanent_id="a" * 12, text_hash="", body="Osanna Brekk spoke."
    )
    get("Actor").create(name="Brekk-Vell", kind="person", pk=1)
    get("Actor").create(name="Most Read", kind="person", hidden=True, pk=2)
    get("Actor").create(name="Harbour", kind="organisation", pk=3)
    for surface, origin in (("Osanna Brekk", "machine"), ("Brekk-Vell", "person"), ("O. Brekk", "person")):
        get("Alias").create(actor_id=1, surface=surface, origin=origin)
    given = {
        "article": article,
        "zone": "body",
        "start": 0,
        "end": 12,
        "surface": "Osanna Brekk",
        "method": "m",
        "confidence": 1,
        "score": 1,
        "reason": "r",
    }
    get("Mention").create(actor_id=1, **given)
    get("Quote").create(article=article, start=0, end=3, text="Osa", speaker_id=1)
    get("Quote").create(article=article, start=0, end=3, text="Osa")
    get("Role").create(actor_id=1, article=article, phrase="envoy", title="envoy")
    get("Role").create(actor_id=1, phrase="minister", title="minister", origin="authority")
    rulings = [
        ("same", "person", "Osanna Brekk", "Brekk-Vell"),
        ("same", "person", "Brekk-Vell", "O. Brekk"),
        ("different", "person", "Brekk-Vell", "Vell"),
        ("not_an_actor", "person", "Most Read", ""),
        ("kind", "person", "Harbour", "organisation"),
        ("different", "article", "aaaa", "bbbb"),
    ]
    for verdict, kind, left, right in rulings:
        get("Ruling").create(verdict=verdict, kind=kind, left=left, right=right, made_by_name="lena")
    get("Ruling").create(verdict="field", page=page, field="headline", value="A", made_by_name="lena")
    get("Ruling").filter(left="Most Read").update(undone_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_what_was_there_comes_over_and_goes_back(former: Any) -> None:
    fill(former)
    before = rows(former)
    now = at(AFTER)
    Actor, Ruling = now.get_model("articles", "Actor"), now.get_model("articles", "Ruling")  # noqa: N806  # models
    brekk, harbour = Actor.objects.get(pk=1), Actor.objects.get(pk=3)
    assert (brekk.name, brekk.machine_name) == ("Brekk-Vell", "Osanna Brekk")
    assert (harbour.kind, harbour.machine_kind) == ("organisation", "person")
    words = {row["left"] + ">" + row["right"]: row["verdict"] for row in Ruling.objects.values()}
    assert words == {
        "Osanna Brekk>Brekk-Vell": "name",
        "Brekk-Vell>O. Brekk": "alias",
        "Brekk-Vell>Vell": "is_really",
        "Most Read>": "not_an_actor",
        "Harbour>organisation": "kind",
        "aaaa>bbbb": "different",
        ">": "field",
    }
    assert Ruling.objects.get(verdict="field").on_page == "a" * 64
    assert set(Ruling.objects.filter(kind="person").values_list("left_actor", flat=True)) == {1, 2, 3}
    assert Ruling.objects.values("key").distinct().count() == 7
    mention = now.get_model("articles", "Mention").objects.get()
    assert (mention.machine_actor_id, mention.actor_id) == (1, 1)
    quotes = now.get_model("articles", "Quote").objects.order_by("pk")
    assert [quote.speaker_mention_id for quote in quotes] == [mention.pk, None]
    roles = now.get_model("articles", "Role").objects.order_by("pk")
    assert [(role.machine_actor_id, role.mention_id) for role in roles] == [(1, mention.pk), (1, None)]
    keys = list(Ruling.objects.order_by("pk").values_list("key", flat=True))
    assert rows(at(BEFORE)) == before
    again = at(AFTER).get_model("articles", "Ruling")
    assert list(again.objects.order_by("pk").values_list("key", flat=True)) == keys


@pytest.mark.django_db(transaction=True)
def test_what_was_ruled_since_is_there_again_after_the_way_back_and_forth(former: Any) -> None:
    fill(former)
    now = at(AFTER)
    ruling = now.get_model("articles", "Ruling").objects
    seen = {"left_seen": "a" * 64, "made_by_name": "lena", "kind": "person"}
    ruling.create(
        verdict="same",
        left="Osanna Brekk",
        left_actor_id=1,
        right="Most Read",
        right_kind="person",
        right_actor_id=2,
        **seen,
    )
    ruling.create(
        verdict="is_really",
        left="Osanna Brekk",
        left_actor_id=1,
        spelling="Brekk",
        right="Brekk",
        fresh=True,
        on_page="a" * 64,
        **seen,
    )
    now.get_model("articles", "Actor").objects.filter(pk=1).update(merged_into=2)
    now.get_model("articles", "Mention").objects.update(actor=2)
    now.get_model("articles", "Quote").objects.filter(speaker=1).update(speaker=2)
    now.get_model("articles", "Role").objects.update(actor=2)
    before = rows(now)
    back = at(BEFORE)
    assert back.get_model("articles", "Mention").objects.get().actor_id == 1  # readers follow merged_into
    after = rows(at(AFTER))
    for row in (*before["Ruling"], *after["Ruling"]):
        row["right_actor_id"] = None  # found again when the archive is settled
    for row in (*before["Actor"], *after["Actor"]):
        row.pop("machine_name")
    assert after == before
