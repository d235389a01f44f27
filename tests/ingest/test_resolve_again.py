"""Resolving the archive again: what joins, what stays, and that a second run changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.curate import actors
from articles.ingest.actors import ArchiveDirectory
from articles.ingest.jobs import claim, finishing, run_waiting
from articles.ingest.resolve_again import Tally, new_job, resolve_again, unfinished_job, would_change
from articles.ingest.stored_actors import stored_articles
from articles.models import (
    Actor,
    ActorContext,
    Alias,
    Article,
    AuthorityBatch,
    AuthorityEntryLink,
    Job,
    JoinCandidate,
    Mention,
    PendingIndex,
    Quote,
    Role,
    Ruling,
)
from articles.models.actor import Origin
from tests.curate.invented_actors import effective_state, person, take_in
from tests.ingest.crowded_archive import archive_of, scatter

pytestmark = pytest.mark.django_db

BREKK, ONDRY = person("Osanna Brekk", "Brekk"), person("Rafe Ondry")


@pytest.fixture
def lena() -> User:
    return User.objects.create_user("lena")


def run(**options: Any) -> Tally:
    """Resolve everything again, and return what that came to."""
    tally = Tally()
    job = claim(new_job(since=options.get("since")))
    assert job is not None
    for _ in finishing(job, resolve_again(job, tally)):
        pass
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    return tally


def dry(**options: Any) -> Tally:
    tally = Tally()
    for _ in would_change(since=options.get("since"), tally=tally):
        pass
    return tally


def everything() -> dict[str, Any]:
    """Return all that a run may write, by the numbers of rows; the jobs apart."""
    return {
        **effective_state(),
        "machine": dict(Mention.objects.values_list("pk", "machine_actor")),
        "reasons": dict(Mention.objects.values_list("pk", "reason")),
        "names": set(
            Actor.objects.values_list("pk", "machine_name", "machine_kind", "authority", "began_lone")
        ),
        "machine roles": dict(Role.objects.values_list("pk", "machine_actor")),
        "contexts": {row.pk: (row.words, row.first_day, row.last_day) for row in ActorContext.objects.all()},
        "rulings": set(Ruling.objects.values_list("pk", "left_actor", "right_actor", "undone_at")),
    }


def test_a_surname_is_joined_with_the_full_name_that_came_in_later() -> None:
    early = take_in([person("Brekk"), ONDRY])
    first = Actor.objects.get(machine_name="Brekk")
    take_in([BREKK])
    # As if the rules of then had kept them apart.
    Actor.objects.filter(pk=first.pk).update(machine_name="Brekk", name="Brekk")
    other = Actor.objects.create(name="Osanna Brekk", kind="person")
    Mention.objects.exclude(article=early).update(machine_actor=other, actor=other)
    Alias.every.filter(actor=first).exclude(surface="Brekk").update(actor=other)
    tally = run()
    assert tally.mentions == 1
    assert set(Mention.objects.filter(surface="Brekk").values_list("actor", flat=True)) == {other.pk}
    assert not Actor.objects.filter(pk=first.pk).exists()
    assert tally.removed == 1
    assert set(Alias.every.filter(actor=other).values_list("surface", flat=True)) == {"Brekk", "Osanna Brekk"}
    assert run().mentions == 0


@pytest.mark.parametrize("seed", range(6))
def test_a_second_run_changes_nothing(seed: int) -> None:
    archive_of(40, seed=seed)
    run()
    before, queued = everything(), PendingIndex.objects.count()
    tally = run()
    assert (tally.mentions, tally.made, tally.removed, tally.doubts) == (0, 0, 0, 0)
    assert everything() == before
    assert PendingIndex.objects.count() == queued == 0


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_and_everything_hangs_together(seed: int) -> None:
    archive_of(40, seed=seed)
    scatter()
    kept = (Mention.objects.count(), Quote.objects.count(), Role.objects.exclude(mention=None).count())
    spelled = set(Mention.objects.values_list("pk", "surface", "article", "start", "local_name"))
    tally = run()
    assert tally.mentions > 0
    assert kept == (
        Mention.objects.count(),
        Quote.objects.count(),
        Role.objects.exclude(mention=None).count(),
    )
    assert spelled == set(Mention.objects.values_list("pk", "surface", "article", "start", "local_name"))
    for mention in Mention.objects.select_related("machine_actor"):
        assert mention.actor_id == mention.machine_actor.root_id
        if mention.reason.startswith("Joined anew"):
            spelling = Alias.every.filter(actor=mention.machine_actor_id, surface=mention.surface)
            assert spelling.exists(), mention
    for role in Role.objects.filter(mention__isnull=False).select_related("mention"):
        assert (role.actor_id, role.machine_actor_id) == (
            role.mention.actor_id,
            role.mention.machine_actor_id,
        )
    for quote in Quote.objects.filter(speaker_mention__isnull=False).select_related("speaker_mention"):
        assert quote.speaker_id == quote.speaker_mention.actor_id
    assert not Actor.objects.filter(machine_mentions=None, authority="").exists()


def test_a_dry_run_writes_nothing_and_tells_what_a_run_does() -> None:
    archive_of(40, seed=11)
    before, queued = everything(), PendingIndex.objects.count()
    told = dry()
    assert everything() == before
    assert (PendingIndex.objects.count(), Job.objects.count()) == (queued, 0)
    done = run()
    assert (told.articles, told.mentions, told.locals) == (done.articles, done.mentions, done.locals)
    assert (told.made, told.removed) == (done.made, done.removed)
    assert told.mentions > 0, "the archive has nothing to join anew, so this test tells nothing"


@pytest.mark.parametrize("after", [1, 3, 4, 6])
def test_a_run_that_was_broken_off_ends_as_one_that_was_not(
    after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.ingest.resolve_again.ARTICLES_AT_ONCE", 10)
    archive_of(40, seed=11)
    job = claim(new_job(since=None))
    assert job is not None
    steps = finishing(job, resolve_again(job, Tally()))
    for _ in range(after):
        next(steps)
    steps.close()
    left = unfinished_job(since=None)
    assert left is not None
    assert (left.pk, left.done) == (job.pk, min(40, after * 10))
    again = claim(left)
    assert again is not None
    tally = Tally()
    for _ in finishing(again, resolve_again(again, tally)):
        pass
    assert tally.articles == 40
    settled = everything()
    assert run().mentions == 0
    assert everything() == settled


def test_what_people_ruled_on_stays(lena: User) -> None:
    one, other = take_in([BREKK, ONDRY]), take_in([BREKK])
    actor = Actor.objects.get(machine_name="Osanna Brekk")
    twin = Actor.objects.create(name="Osanna Brekk", kind="person")
    Mention.objects.filter(article=other).update(machine_actor=twin, actor=twin)
    Alias.every.create(actor=twin, surface="Osanna Brekk")
    actors.rule_different(actor, twin, by=lena, reason="a namesake")
    before = everything()
    tally = run()
    assert tally.mentions == 0
    assert everything()["machine"] == before["machine"]
    assert everything()["rulings"] == before["rulings"]
    assert Actor.objects.filter(pk=twin.pk).exists()
    assert one.mentions.filter(machine_actor=actor).count() == 2


def test_what_was_imported_is_joined_and_stays_without_mentions() -> None:
    take_in([person("Ossana Brek")])
    [former] = Actor.objects.all()
    batch = AuthorityBatch.objects.create(
        source="actors.csv", form="table", digest="0" * 64, made_by_name="test", finished_at=timezone.now()
    )
    imported = Actor.objects.create(name="Osanna Brekk", kind="person")
    unseen = Actor.objects.create(name="Tilda Quillan", kind="person")
    for actor, spelling in ((imported, "Ossana Brek"), (unseen, "T. Quillan")):
        AuthorityEntryLink.objects.create(batch=batch, key=spelling, actor=actor, made=True)
        Alias.every.create(actor=actor, surface=spelling, origin=Origin.AUTHORITY)
    tally = run()
    assert (tally.mentions, tally.removed) == (1, 1)
    assert Mention.objects.get().machine_actor == imported
    assert not Actor.objects.filter(pk=former.pk).exists()
    assert Actor.objects.filter(pk=unseen.pk).exists()
    assert Alias.every.filter(actor=imported, surface="Ossana Brek").get().origin == Origin.AUTHORITY


def test_only_articles_since_a_day_are_asked() -> None:
    archive_of(20, seed=11)
    tally = run(since=date(2999, 1, 1))
    assert (tally.articles, tally.mentions) == (0, 0)


def test_touched_articles_are_indexed_and_doubts_are_kept(lena: User) -> None:
    take_in([person("Osanna Brekk")])
    take_in([person("Tilda Brekk")])
    PendingIndex.objects.all().delete()
    JoinCandidate.objects.all().delete()
    before = dict(Mention.objects.values_list("pk", "actor"))
    run()
    assert dict(Mention.objects.values_list("pk", "actor")) == before
    stray = Actor.objects.create(name="Nobody Else", kind="person")
    assert run().removed == 1
    assert not Actor.objects.filter(pk=stray.pk).exists()


def test_sexes_are_told_from_the_text_again() -> None:
    article = take_in([person("Osanna Brekk")])
    Article.objects.filter(pk=article.pk).update(body="Osanna Brekk spoke, and she left.")
    [stored] = stored_articles([article.pk])
    [span] = stored.actors[0].local.spans
    assert (span.surface, span.gender) == ("Osanna Brekk", "f")


def test_a_directory_of_before_goes_on_with_the_actors_of_now() -> None:
    directory = ArchiveDirectory()
    take_in([person("Osanna Brekk")], directory)
    [former] = Actor.objects.all()
    batch = AuthorityBatch.objects.create(
        source="actors.csv", form="table", digest="0" * 64, made_by_name="test"
    )
    imported = Actor.objects.create(name="Osanna Maria Brekk", kind="person")
    AuthorityEntryLink.objects.create(batch=batch, key="1", actor=imported, made=True)
    Alias.every.create(actor=imported, surface="Osanna Brekk", origin=Origin.AUTHORITY)
    assert run().removed == 1
    article = take_in([person("Osanna Brekk")], directory)
    assert not Actor.objects.filter(pk=former.pk).exists()
    assert [mention.machine_actor for mention in article.mentions.all()] == [imported]


def test_the_runner_of_jobs_goes_on_with_one() -> None:
    archive_of(3, seed=1)
    job = new_job(since=None)

    assert [done.pk for done in run_waiting()] == [job.pk]
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.done == job.total
