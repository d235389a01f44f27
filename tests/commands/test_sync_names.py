"""`sync_names`: what finds actors follows from actors and contexts, and can be worked out again."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Actor, ContextWord, NameKey
from articles.models.name_key import EVERY_CONTEXT
from tests.ingest.crowded_archive import archive_of

pytestmark = pytest.mark.django_db
SAME = "Names and context words are as the actors have them.\n"


@pytest.fixture
def archive() -> None:
    archive_of(12, seed=1)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("sync_names", *arguments, stdout=out)
    return out.getvalue()


def state() -> tuple[set[tuple[str, int, str]], dict[str, int]]:
    keys = set(NameKey.objects.values_list("slot", "actor", "name"))
    return keys, dict(ContextWord.objects.exclude(actors=0).values_list("word", "actors"))


@pytest.mark.usefixtures("archive")
def test_it_repairs_keys_and_counts_and_a_second_run_finds_nothing() -> None:
    before = state()
    assert before[0]
    assert before[1][EVERY_CONTEXT] > 1
    lost, renamed = Actor.objects.order_by("pk")[:2]
    NameKey.objects.filter(actor=lost).delete()
    NameKey.objects.create(slot="p:exact:somebody else", actor=renamed, name="Somebody Else")
    ContextWord.objects.filter(word=EVERY_CONTEXT).update(actors=1)
    ContextWord.objects.create(word="person:~gn", actors=0)
    assert "Repaired." in run()
    assert state() == before
    assert not ContextWord.objects.filter(actors=0).exists()
    assert run() == SAME


@pytest.mark.usefixtures("archive")
def test_a_check_says_so_and_changes_nothing() -> None:
    ContextWord.objects.create(word="person:~gn", actors=0)
    assert run("--check") == SAME
    NameKey.objects.all().delete()
    with pytest.raises(CommandError, match=r"Differed: \d+ keys of names, the counts of 0 context words"):
        run("--check")
    assert not NameKey.objects.exists()


@pytest.mark.usefixtures("archive")
def test_from_nothing_it_makes_what_ingest_made() -> None:
    before = state()
    NameKey.objects.all().delete()
    ContextWord.objects.all().delete()
    run()
    assert state() == before
