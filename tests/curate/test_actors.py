"""Rulings on actors: what each does, what it refuses, and that later pages follow."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.curate import ChangedMeanwhile, Contradiction, actors
from articles.ingest.actors import ArchiveDirectory
from articles.models import Actor, Alias, Mention, PendingIndex, Quote, Role, Ruling
from tests.curate.invented_actors import body, person, take_in

pytestmark = pytest.mark.django_db
BREKK, BRECK, ONDRY = person("Osanna Brekk", "Brekk"), person("Ossana Bretzka"), person("Rafe Ondry")


@pytest.fixture
def lena() -> User:
    return User.objects.create_user("lena")


@pytest.fixture
def karl() -> User:
    return User.objects.create_user("karl")


def actor(name: str) -> Actor:
    return Actor.objects.get(machine_name=name, made_by="")


def meant(surface: str) -> set[str]:
    return set(Mention.objects.filter(surface=surface).values_list("actor__name", flat=True))


def test_mentions_quotes_and_roles_follow_a_merge_and_its_undoing(lena: User) -> None:
    article = take_in([BRECK])
    take_in([BREKK])
    PendingIndex.objects.all().delete()
    ruling = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena, reason="one envoy")
    assert meant("Ossana Bretzka") == {"Osanna Brekk"}
    assert set(Quote.objects.values_list("speaker__name", flat=True)) == {"Osanna Brekk"}
    assert set(Role.objects.values_list("actor__name", flat=True)) == {"Osanna Brekk"}
    assert actor("Ossana Bretzka").merged_into == actor("Osanna Brekk")
    assert list(PendingIndex.objects.values_list("article_id", flat=True)) == [article.pk]
    assert (ruling.made_by_name, ruling.reason, ruling.left_seen) == (
        "lena",
        "one envoy",
        article.page.sha256,
    )
    actors.undo(ruling, by=lena)
    actors.undo(ruling, by=lena)
    assert meant("Ossana Bretzka") == {"Ossana Bretzka"}
    assert actor("Ossana Bretzka").merged_into is None
    ruling.refresh_from_db()
    assert ruling.undone_by_name == "lena"


def test_mentions_made_since_follow_and_go_back(lena: User) -> None:
    directory = ArchiveDirectory()
    take_in([BREKK], directory)
    take_in([BRECK], directory)
    ruling = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    take_in([BRECK, ONDRY], directory)
    assert meant("Ossana Bretzka") == {"Osanna Brekk"}
    actors.undo(ruling, by=lena)
    assert meant("Ossana Bretzka") == {"Ossana Bretzka"}
    assert Mention.objects.filter(actor=actor("Ossana Bretzka")).count() == 2


def test_a_merge_is_undone_after_other_merges(lena: User) -> None:
    take_in([BREKK, BRECK, ONDRY])
    first = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    actors.merge(actor("Osanna Brekk"), actor("Rafe Ondry"), by=lena)
    assert actor("Ossana Bretzka").merged_into == actor("Rafe Ondry")
    actors.undo(first, by=lena)
    assert actor("Ossana Bretzka").merged_into is None
    assert actor("Osanna Brekk").merged_into == actor("Rafe Ondry")


def test_a_merge_against_a_ruling_is_refused_with_who_when_and_what_to_do(lena: User, karl: User) -> None:
    take_in([BREKK, BRECK, ONDRY])
    different = actors.rule_different(
        actor("Osanna Brekk"), actor("Ossana Bretzka"), by=karl, reason="two envoys"
    )
    actors.merge(actor("Ossana Bretzka"), actor("Rafe Ondry"), by=lena)
    with pytest.raises(Contradiction) as refused:
        actors.merge(actor("Rafe Ondry"), actor("Osanna Brekk"), by=lena)
    day = date_format(localtime(different.made_at), "j F Y")
    assert str(refused.value) == (
        f"karl ruled on {day} that Osanna Brekk is not Ossana Bretzka (two envoys). "
        "Undo that ruling first when it is wrong."
    )
    assert Ruling.objects.count() == 2
    actors.undo(different, by=lena)
    actors.merge(actor("Rafe Ondry"), actor("Osanna Brekk"), by=lena)
    assert meant("Ossana Bretzka") == {"Osanna Brekk"}


def test_the_second_of_two_curators_is_told(lena: User, karl: User) -> None:
    take_in([BREKK, BRECK, ONDRY])
    mine, yours, other = actor("Ossana Bretzka"), actor("Osanna Brekk"), actor("Rafe Ondry")
    seen = actors.seen_of(yours, other)
    actors.merge(mine, yours, by=karl)
    with pytest.raises(ChangedMeanwhile, match="karl ruled that Ossana Bretzka is the same as Osanna Brekk"):
        actors.merge(mine, other, by=lena)  # it was merged elsewhere since it was looked at
    with pytest.raises(ChangedMeanwhile, match="while you had the page open"):
        actors.merge(yours, other, by=lena, seen=seen)
    actors.merge(yours, other, by=lena, seen=actors.seen_of(yours, other))
    with pytest.raises(ValueError, match="was merged into Rafe Ondry"):
        actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    with pytest.raises(ValueError, match="choose another"):
        actors.merge(actor("Rafe Ondry"), actor("Rafe Ondry"), by=lena)


def test_different_kinds_are_merged_under_the_kind_of_the_right_one(lena: User) -> None:
    take_in([BREKK, body("Harbour Council")])
    actors.merge(actor("Harbour Council"), actor("Osanna Brekk"), by=lena)
    assert set(Mention.objects.values_list("actor__kind", flat=True)) == {"person"}


def test_the_same_verdict_again_is_the_one_that_stands(lena: User, karl: User) -> None:
    take_in([BREKK, BRECK])
    left, right = actor("Ossana Bretzka"), actor("Osanna Brekk")
    first = actors.rule_different(left, right, by=lena)
    assert actors.rule_different(left, right, by=karl) == first
    assert actors.rename(left, "O. Bretzka", by=lena) == actors.rename(left, "O. Bretzka", by=karl)
    left.refresh_from_db()
    actors.rename(left, "Ossana", by=lena)
    again = actors.rename(left, "O. Bretzka", by=karl)
    assert again.made_by_name == "karl"
    assert Actor.objects.get(pk=left.pk).name == "O. Bretzka"


def test_a_spelling_is_split_off_for_good_and_back(lena: User) -> None:
    take_in([BREKK])
    ruling = actors.split_spelling(actor("Osanna Brekk"), "Brekk", by=lena)
    take_in([BREKK])
    made = Actor.objects.get(made_by=ruling.key.hex)
    assert (made.name, made.kind, Mention.objects.filter(actor=made).count()) == ("Brekk", "person", 2)
    assert not Alias.objects.filter(actor=actor("Osanna Brekk"), surface="Brekk").exists()
    with pytest.raises(ValueError, match="is what this actor is called"):
        actors.split_spelling(actor("Osanna Brekk"), "Osanna Brekk", by=lena)
    onward = actors.merge(made, actor("Osanna Brekk"), by=lena)
    assert meant("Brekk") == {"Osanna Brekk"}
    actors.undo(ruling, by=lena)
    assert meant("Brekk") == {"Osanna Brekk"}
    assert not Actor.objects.exclude(made_by="").exists()
    onward.refresh_from_db()
    assert onward.left_actor is None
    assert Alias.objects.filter(actor=actor("Osanna Brekk"), surface="Brekk").exists()


def test_a_name_is_another_actor_in_one_article_alone(lena: User) -> None:
    first, second = take_in([BREKK]), take_in([BREKK, ONDRY])
    mention = second.mentions.get(surface="Brekk")
    ruling = actors.reassign_mention(mention, to=actor("Rafe Ondry"), by=lena)
    assert second.mentions.get(surface="Brekk").actor == actor("Rafe Ondry")
    assert first.mentions.get(surface="Brekk").actor == actor("Osanna Brekk")
    assert ruling.page == second.page
    nobody = actors.not_a_name(
        actor("Osanna Brekk"), "Brekk", mention=first.mentions.get(surface="Brekk"), by=lena
    )
    assert first.mentions.get(surface="Brekk").actor.hidden
    for each in (ruling, nobody):
        actors.undo(each, by=lena)
    assert meant("Brekk") == {"Osanna Brekk"}


def test_an_added_spelling_brings_the_actor_called_so_and_later_pages(lena: User) -> None:
    take_in([ONDRY])
    take_in([BREKK])
    ruling = actors.add_alias(actor("Rafe Ondry"), "Councillor Ondray", by=lena)
    take_in([person("Councillor Ondray")])
    assert meant("Councillor Ondray") == {"Rafe Ondry"}
    actors.undo(ruling, by=lena)
    assert meant("Councillor Ondray") == {"Councillor Ondray"}
    assert actor("Councillor Ondray").merged_into is None
    assert not Alias.every.filter(origin="person").exists()


def test_a_spelling_takes_mentions_that_the_machine_gave_to_another(lena: User) -> None:
    directory = ArchiveDirectory()
    take_in([BREKK, ONDRY], directory)
    take_in([person("Brekk", "the envoy")], directory)  # the machine knows one Brekk
    assert meant("the envoy") == {"Osanna Brekk"}
    ruling = actors.add_alias(actor("Rafe Ondry"), "Brekk", by=lena)
    assert meant("the envoy") == {"Rafe Ondry"}
    assert meant("Brekk") == {"Osanna Brekk", "Rafe Ondry"}  # where the article names her in full it is she
    actors.undo(ruling, by=lena)
    assert meant("the envoy") == {"Osanna Brekk"}


def test_what_leads_on_through_several_rulings_goes_back_with_the_middle_one(lena: User) -> None:
    directory = ArchiveDirectory()
    take_in([BREKK, ONDRY, BRECK, person("Oda Vell")], directory)
    take_in([person("Brekk", "the envoy")], directory)
    actors.add_alias(actor("Rafe Ondry"), "Brekk", by=lena)
    middle = actors.merge(actor("Rafe Ondry"), actor("Ossana Bretzka"), by=lena)
    actors.split_spelling(actor("Ossana Bretzka"), "the envoy", to=actor("Oda Vell"), by=lena)
    assert meant("the envoy") == {"Oda Vell"}
    actors.undo(middle, by=lena)
    assert meant("the envoy") == {"Rafe Ondry"}


def test_an_actor_made_by_another_process_is_known_by_its_ruled_name_too(lena: User) -> None:
    directory = ArchiveDirectory()
    take_in([ONDRY], directory)
    actors.add_alias(actor("Rafe Ondry"), "Councillor Ondray", by=lena)
    take_in([BREKK], directory)
    take_in([person("Councillor Ondray")])
    take_in([person("Councillor Ondray")], directory)
    assert meant("Councillor Ondray") == {"Rafe Ondry"}


def test_a_name_that_another_actor_bears_is_refused(lena: User) -> None:
    take_in([BREKK, ONDRY])
    with pytest.raises(Contradiction, match="Another person is called Rafe Ondry"):
        actors.rename(actor("Osanna Brekk"), "Rafe Ondry", by=lena)
    actors.rule_different(actor("Osanna Brekk"), actor("Rafe Ondry"), by=lena)
    with pytest.raises(Contradiction, match="is not Rafe Ondry"):
        actors.add_alias(actor("Osanna Brekk"), "Rafe Ondry", by=lena)
    assert Ruling.objects.count() == 1


def test_what_is_no_actor_is_one_again(lena: User) -> None:
    take_in([BREKK])
    actors.not_an_actor(actor("Osanna Brekk"), by=lena)
    assert actor("Osanna Brekk").hidden
    actors.an_actor_again(actor("Osanna Brekk"), by=lena)
    assert not actor("Osanna Brekk").hidden
    with pytest.raises(ValueError, match="no kind of actor"):
        actors.set_kind(actor("Osanna Brekk"), "fish", by=lena)


def test_a_history_tells_of_all_that_were_merged(lena: User) -> None:
    take_in([BREKK, BRECK, ONDRY])
    named = actors.rename(actor("Ossana Bretzka"), "Bretzka", by=lena)
    merged = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
    actors.rename(actor("Rafe Ondry"), "Ondry", by=lena)
    assert list(actors.history(actor("Osanna Brekk"))) == [merged, named]
    assert [str(ruling) for ruling in (merged, named)] == [
        "Ossana Bretzka is the same as Osanna Brekk",
        "Ossana Bretzka is called Bretzka",
    ]
    with pytest.raises(ValueError, match="Only rulings on actors"):
        actors.undo(Ruling.objects.create(verdict="field", field="headline"), by=lena)


def test_a_merge_costs_the_same_for_many_mentions(lena: User) -> None:
    def cost(number: int) -> int:
        for _ in range(number):
            take_in([BREKK, BRECK])
        with CaptureQueriesContext(connection) as asked:
            ruling = actors.merge(actor("Ossana Bretzka"), actor("Osanna Brekk"), by=lena)
        actors.undo(ruling, by=lena)
        return len(asked)

    few = cost(2)
    assert cost(30) == few
