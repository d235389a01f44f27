"""Who each mention means, the sides of rulings, and doubtful pairs, as pages come in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone

from articles.curate import actors
from articles.ingest.actors import ArchiveDirectory
from articles.ingest.candidates import Doubt, note_doubts, refresh_candidates
from articles.ingest.reset import MADE_OF_PAGES, rebuild, throw_away
from articles.ingest.settle import settle, settle_everything
from articles.ingest.sides import Side, find_side, find_waiting, side_of
from articles.models import (
    Actor,
    ActorContext,
    Alias,
    AuthorityBatch,
    AuthorityEntryLink,
    JoinCandidate,
    Mention,
    Role,
    Ruling,
)
from articles.models.actor import Origin
from tests.curate.invented_actors import effective_state, found_in, person, take_in, write
from tests.factories import make_actor, make_article, make_mention, make_page

pytestmark = pytest.mark.django_db
BREKK, ONDRY = person("Osanna Brekk", "Brekk"), person("Rafe Ondry")
OPEN, SAME, DIFFERENT, UNSURE, MOOT = (JoinCandidate.Status[name] for name in ("OPEN", "SAME", "DIFFERENT", "UNSURE", "MOOT"))  # fmt: skip


@pytest.fixture
def lena() -> User:
    return User.objects.create_user("lena")


def named_twice() -> tuple[Actor, Actor]:
    """Return two actors of one name, each on a page of its own."""
    both = make_actor("Osanna Brekk"), make_actor("Osanna Brekk")
    for actor in both:
        make_mention(make_article(body="Osanna Brekk spoke."), actor)
    return both


def test_two_of_one_name_are_told_apart_by_the_page() -> None:
    one, other = named_twice()
    assert find_side(side_of(one)) == one
    assert find_side(side_of(other)) == other
    assert find_side(Side("person", "Osanna Brekk", "")) is None
    assert find_side(Side("person", "Osanna Brekk", "f" * 64)) is None
    assert find_side(Side("organisation", "Osanna Brekk", side_of(one).seen)) is None


def test_a_side_waits_for_its_page_unless_it_was_read_without_the_actor() -> None:
    actor = make_actor("Osanna Brekk", aliases=["O. Brekk"])
    side = Side("person", "O. Brekk", make_page("not read yet").sha256)
    assert find_side(side) is None
    assert find_side(side, patient=False) == actor
    make_article(page=None)
    read = Side("person", "O. Brekk", make_article().page.sha256)
    assert find_side(read) == actor


def test_an_actor_that_got_its_full_name_is_found_by_the_former_one() -> None:
    directory = ArchiveDirectory()
    article = take_in([person("Brekk")], directory)
    [actor] = Actor.objects.all()
    side = side_of(actor)
    take_in([BREKK], directory)
    actor.refresh_from_db()
    assert (actor.name, actor.began_lone) == ("Osanna Brekk", True)
    assert side == Side("person", "Brekk", article.page.sha256)
    assert find_side(side) == actor


def test_a_ruled_name_outlives_a_better_one_of_the_machine(lena: User) -> None:
    directory = ArchiveDirectory()
    take_in([person("Brekk")], directory)
    [actor] = Actor.objects.all()
    ruling = actors.rename(actor, "Madam Brekk", by=lena)
    take_in([BREKK], directory)
    actor.refresh_from_db()
    assert (actor.name, actor.machine_name) == ("Madam Brekk", "Osanna Brekk")
    actors.undo(ruling, by=lena)
    actor.refresh_from_db()
    assert actor.name == "Osanna Brekk"


def test_what_a_page_shows_of_its_actors_is_kept_for_later_runs() -> None:
    take_in([BREKK, ONDRY], ArchiveDirectory())
    words = ActorContext.objects.get(actor__machine_name="Osanna Brekk").words
    assert words
    take_in([BREKK, ONDRY], ArchiveDirectory())
    again = ActorContext.objects.get(actor__machine_name="Osanna Brekk").words
    assert again == {word: 2 * number for word, number in words.items()}
    assert Actor.objects.count() == 2


def test_settling_nothing_changes_nothing() -> None:
    take_in([BREKK, ONDRY])
    before = effective_state()
    settle()
    settle_everything()
    assert effective_state() == before


def test_an_office_of_the_authority_files_follows_its_actor(lena: User) -> None:
    take_in([BREKK, ONDRY])
    one, other = Actor.objects.order_by("pk")
    office = Role.objects.create(actor=one, phrase="minister", title="minister", origin=Origin.AUTHORITY)
    ruling = actors.merge(one, other, by=lena)
    office.refresh_from_db()
    assert (office.actor, office.machine_actor) == (other, one)
    actors.undo(ruling, by=lena)
    office.refresh_from_db()
    assert office.actor == one


def test_a_doubtful_pair_follows_the_verdicts(lena: User) -> None:
    take_in([BREKK, ONDRY])
    take_in([BREKK])
    one, other = Actor.objects.order_by("pk")

    def candidate() -> tuple[str, int]:
        found = JoinCandidate.objects.get()
        return found.status, found.settles

    def doubt(score: float) -> None:
        refresh_candidates(note_doubts([Doubt(other.pk, one.pk, score, "alike")]), settle())

    doubt(0.7)
    assert candidate() == (OPEN, 1)
    assert list(JoinCandidate.objects.to_review()) == [JoinCandidate.objects.get()]
    for ask, status in (
        (lambda: actors.merge(one, other, by=lena), SAME),
        (lambda: actors.rule_different(one, other, by=lena), DIFFERENT),
        (lambda: actors.not_an_actor(one, by=lena), MOOT),
        (lambda: actors.rule_unsure(one, other, by=lena), UNSURE),
    ):
        ruling = ask()
        assert candidate()[0] == status
        actors.undo(ruling, by=lena)
        assert candidate() == (OPEN, 1)
    actors.rule_unsure(one, other, by=lena)
    doubt(0.72)
    assert candidate()[0] == UNSURE
    doubt(0.8)
    assert candidate()[0] == OPEN
    take_in([ONDRY])
    assert candidate() == (OPEN, 2)
    actors.rule_unsure(one, other, by=lena)
    assert candidate()[0] == UNSURE


def test_pairs_that_settle_most_come_first() -> None:
    left, middle, right = make_actor("A"), make_actor("B"), make_actor("C")
    article = make_article()
    for actor in (left, middle, middle, right, right):
        make_mention(article, actor)
    doubts = [Doubt(left.pk, right.pk, 0.9, "x"), Doubt(right.pk, middle.pk, 0.5, "y"), Doubt(left.pk, left.pk, 1, "z")]  # fmt: skip
    refresh_candidates(note_doubts(doubts), settle())
    assert [(row.settles, row.reason) for row in JoinCandidate.objects.to_review()] == [(2, "y"), (1, "x")]


def test_the_machine_keeps_apart_those_who_were_ruled_to_be_two(lena: User) -> None:
    directory = ArchiveDirectory()
    first = take_in([person("Osanna Brekk")], directory)
    take_in([ONDRY], directory)
    one, other = Actor.objects.order_by("pk")
    ruling = actors.rule_different(one, other, by=lena)
    directory.refresh()
    actors.undo(ruling, by=lena)
    merged = actors.merge(other, one, by=lena)
    write(first, found_in([person("Osanna Brekk"), ONDRY])[1], directory)
    assert set(Mention.objects.values_list("actor", flat=True)) == {one.pk}
    actors.undo(merged, by=lena)
    assert set(Mention.objects.values_list("actor", flat=True)) == {one.pk, other.pk}
    assert Actor.objects.count() == 2


def test_rulings_of_long_ago_and_of_now_apply_in_the_order_of_time(lena: User) -> None:
    take_in([BREKK, ONDRY, person("Oda Vell")])
    one, two, three = Actor.objects.order_by("pk")
    late = actors.merge(one, two, by=lena)
    early = Ruling.objects.create(verdict="same", kind="person", left="Osanna Brekk", right="Oda Vell", right_kind="person", made_by_name="karl", made_at=timezone.now() - timedelta(days=9))  # fmt: skip
    assert find_waiting(["nobody"]) == []
    settle(find_waiting())
    one.refresh_from_db()
    three.refresh_from_db()
    assert (one.merged_into, three.merged_into) == (two, two)
    actors.undo(late, by=lena)
    one.refresh_from_db()
    assert one.merged_into == three
    assert str(early) == "Osanna Brekk is the same as Oda Vell"


def test_a_reset_knows_what_to_do_with_every_model() -> None:
    kept = {"storedpage", "outlet", "ruling", "refusedpage", "pendingindex", "job", "authoritybatch", "authorityaddition", "authorityentrylink", "historicaloutlet", "upload", "uploadedfile", "uploadedpage"}  # fmt: skip
    # What people put on pages.
    kept |= {"tag", "tagging", "collection", "collectionentry", "note", "batch", "batchitem"}
    handled = {model._meta.model_name for model in (*MADE_OF_PAGES, Role, Alias, Actor)}
    known = {model._meta.model_name for model in apps.get_app_config("articles").get_models()}
    assert known == kept | handled


def test_imported_actors_and_rulings_on_them_outlive_a_reset(lena: User) -> None:
    take_in([ONDRY])
    imported = make_actor("Osanna Brekk")
    Alias.every.create(actor=imported, surface="O. Brekk", origin=Origin.AUTHORITY)
    Role.objects.create(actor=imported, phrase="minister", title="minister", origin=Origin.AUTHORITY)
    batch = AuthorityBatch.objects.create(source="x", form="csv", digest="d", made_by_name="lena")
    AuthorityEntryLink.objects.create(batch=batch, key="k", actor=imported, made=True)
    actors.rename(imported, "Madam Brekk", by=lena)
    actors.merge(Actor.objects.get(name="Rafe Ondry"), imported, by=lena)
    throw_away()
    assert list(Actor.objects.values_list("name", "machine_name")) == [("Madam Brekk", "Osanna Brekk")]
    assert set(Alias.every.values_list("surface", "origin")) == {("O. Brekk", "authority"), ("Madam Brekk", "person")}  # fmt: skip
    assert Role.objects.get().actor == imported
    assert Ruling.objects.waiting().count() == 1
    assert [report.error for report in rebuild()] == [""]
