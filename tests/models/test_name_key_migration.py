"""What finds actors is built from the archive that is there, and after going back and forth it is the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = "0007_jobs_that_resolve", "0008_what_finds_actors"


def at(name: str) -> Any:
    """Migrate to a state, and return its models."""
    executor = MigrationExecutor(connection)
    executor.migrate([("articles", name)])
    return MigrationExecutor(connection).loader.project_state([("articles", name)]).apps


@pytest.fixture
def former() -> Iterator[Any]:
    """Return the models as they were before."""
    try:
        yield at(BEFORE)
    finally:
        call_command("migrate", verbosity=0)


def fill(apps: Any) -> None:
    """A renamed person, a body of the authority files, one that a ruling made, and what two are named with."""
    actor, alias = (apps.get_model("articles", name).objects for name in ("Actor", "Alias"))
    person = {"kind": "person", "machine_kind": "person"}
    actor.create(pk=1, name="Madam Brekk", machine_name="Osanna Brekk", began_lone=True, **person)
    actor.create(
        pk=2, name="Harbour Guild", machine_name="Harbour Guild", kind="organisation",
        machine_kind="organisation", authority="Harbour Guild",
    )  # fmt: skip
    actor.create(pk=3, name="Vell", machine_name="Vell", made_by="a ruling", **person)
    for surface, origin in (("Brekk", "machine"), ("Madam Brekk", "person"), ("Ossana Breck", "authority")):
        alias.create(actor_id=1, surface=surface, origin=origin)
    alias.create(actor_id=2, surface="HG")
    context = apps.get_model("articles", "ActorContext").objects
    context.create(actor_id=1, words={"role:envoy": 2, "of:vessa": 1})
    context.create(actor_id=2, words={"of:vessa": 1})


def built(apps: Any) -> tuple[set[tuple[str, int, str]], dict[str, int]]:
    keys = apps.get_model("articles", "NameKey").objects.values_list("slot", "actor_id", "name")
    words = apps.get_model("articles", "ContextWord").objects.values_list("word", "actors")
    return set(keys), dict(words)


@pytest.mark.django_db(transaction=True)
def test_the_keys_of_a_former_archive_are_built_and_built_again(former: Any) -> None:
    fill(former)
    keys, words = built(at(AFTER))
    assert words == {"": 2, "role:envoy": 1, "of:vessa": 2}
    assert {row for row in keys if ":exact:" in row[0] or ":acronyms:" in row[0]} == {
        ("p:exact:osanna brekk", 1, "Osanna Brekk"),
        ("p:exact:ossana breck", 1, "Ossana Breck"),
        ("o:exact:guild harbour", 2, "Harbour Guild"),
        ("o:acronyms:HG", 2, ""),
    }
    assert ("o:authority:Harbour Guild", 2, "") in keys
    assert ("p:began:=brek", 1, "") in keys
    assert {number for _, number, _ in keys} == {1, 2}
    before = at(BEFORE)
    assert before.get_model("articles", "Actor").objects.count() == 3
    assert before.get_model("articles", "ActorContext").objects.count() == 2
    assert built(at(AFTER)) == (keys, words)
    from articles.ingest.name_keys import index_names
    from articles.models import NameKey

    index_names([1, 2, 3])
    assert set(NameKey.objects.values_list("slot", "actor_id", "name")) == keys
