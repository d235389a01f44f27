"""The tray of near-duplicates: which pairs wait, what a verdict does, and what the second curator is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import curate
from articles.curate.rulings_exchange import import_rulings
from articles.curate.rulings_file import export_rulings, read_rulings
from articles.ingest import link_copies, relink
from articles.models import Article, DuplicateLink, Ruling, Status
from articles.models.ruling import Verdict
from tests.ingest.texts import fresh, invented, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_client() -> Client:
    """Return the browser of a second curator."""
    client = Client()
    client.force_login(User.objects.create_superuser("mira"))
    return client


def pair(*, days: int = 0, share: float = 0.45) -> tuple[Article, Article]:
    """Make two articles of which so much of the shorter one stands in the other."""
    common, length = invented(1, length=int(300 * share)), 300 - int(300 * share)
    one = linked(f"{common} {invented(2, length=length)}", outlet="The Meridian Post")
    other = linked(
        f"{common} {invented(3, length=length)}", outlet="Karrin Daily", published=date(2012, 5, 14 + days)
    )
    return one, other


def together(one: Article, other: Article) -> bool:
    return fresh(one).story_id is not None and fresh(one).story_id == fresh(other).story_id


def waiting() -> list[DuplicateLink]:
    return list(DuplicateLink.objects.in_doubt())


def rule(client: Client, link: DuplicateLink, verdict: str, **values: str) -> Any:
    shown = client.get(f"/desk/copies/{link.pk}/")
    seen = shown.context["seen"] if shown.status_code == 200 else ""
    return client.post(
        f"/desk/copies/{link.pk}/rule/", {"seen": seen, "verdict": verdict} | values, follow=True
    )


def test_pairs_near_the_least_that_makes_one_story_wait() -> None:
    one, other = pair()
    assert together(one, other)
    [link] = waiting()
    assert (link.sameness, {link.left_id, link.right_id}) == ("partly", {one.pk, other.pk})
    Article.objects.filter(pk=one.pk).update(status=Status.HIDDEN)
    assert waiting() == []


def test_copies_without_a_doubt_and_old_background_do_not_wait() -> None:
    linked(invented(5)), linked(invented(5))
    pair(days=15, share=0.42)
    assert DuplicateLink.objects.count() == 2
    assert waiting() == []


def test_a_pair_ruled_different_is_parted_and_undone(admin_client: Client) -> None:
    one, other = pair()
    [link] = waiting()
    assert "There is nothing" not in admin_client.get("/desk/").text
    page = admin_client.get("/desk/copies/next/", follow=True)
    assert "The archive takes them for one story." in page.text
    after = rule(admin_client, link, "different", reason="They share the background.")
    assert "Nothing waits any more" in after.text
    assert not together(one, other)
    assert Ruling.objects.get().reason == "They share the background."
    assert "admin ruled on it" in admin_client.get(f"/desk/copies/{link.pk}/", follow=True).text
    undo = admin_client.session["desk_last"]["undo"]
    assert "Taken back" in admin_client.post(undo, {"next": "/desk/copies/"}, follow=True).text
    assert together(one, other)
    assert waiting() == [link]
    assert "taken back before" in admin_client.post(undo, follow=True).text


def test_a_pair_ruled_one_story_is_joined_whatever_the_days_and_stays_so(admin_client: Client) -> None:
    one, other = pair(days=15, share=0.56)
    assert not together(one, other)
    [link] = waiting()
    rule(admin_client, link, "same")
    assert together(one, other)
    list(relink())
    link_copies(fresh(other))
    assert together(one, other)
    other.body = f"{other.body} One more sentence."
    other.save()
    link_copies(fresh(other))  # another link of the same two
    assert DuplicateLink.objects.get().ruled_same
    assert together(one, other)
    curate.undo_ruling(Ruling.objects.get(), by=User.objects.get())
    assert not DuplicateLink.objects.get().ruled_same
    assert not together(one, other)


def test_what_cannot_be_decided_leaves_the_tray_and_changes_nothing(admin_client: Client) -> None:
    one, other = pair()
    [link] = waiting()
    rule(admin_client, link, "unsure")
    assert together(one, other)
    assert waiting() == []


def test_later_puts_a_pair_off_until_all_are_through(admin_client: Client) -> None:
    pair()
    [link] = waiting()
    assert "What you put off waits" in rule(admin_client, link, "later").text
    assert (
        f"/desk/copies/{link.pk}/"
        in admin_client.get("/desk/copies/next/", follow=True).redirect_chain[-1][0]
    )
    assert "Choose one of the verdicts" in rule(admin_client, link, "perhaps").text


def test_the_second_is_told_and_nothing_of_theirs_is_saved(
    admin_client: Client, other_client: Client
) -> None:
    one, _ = pair()
    [link] = waiting()
    shown = {"seen": other_client.get(f"/desk/copies/{link.pk}/").context["seen"], "verdict": "same"}
    rule(admin_client, link, "different")
    told = other_client.post(f"/desk/copies/{link.pk}/rule/", shown, follow=True).text
    assert "admin ruled on" in told
    assert "different stories" in told
    assert Ruling.objects.get().verdict == Verdict.DIFFERENT
    curate.undo_ruling(Ruling.objects.get(), by=User.objects.get(username="admin"))
    shown["seen"] = other_client.get(f"/desk/copies/{link.pk}/").context["seen"]
    curate.rule_fields(one, {"section": "World"}, by=User.objects.get(username="admin"))
    told = other_client.post(f"/desk/copies/{link.pk}/rule/", shown, follow=True).text
    assert "was changed while you looked" in told


def test_two_that_share_nothing_are_not_ruled_one_story(admin_user: User) -> None:
    with pytest.raises(ValueError, match="share no text"):
        curate.rule_on_pair(linked(invented(1)), linked(invented(2)), Verdict.SAME, by=admin_user)


def test_one_story_travels_with_the_rulings(admin_user: User) -> None:
    one, other = pair(days=15, share=0.56)
    ruling = curate.rule_on_pair(one, other, Verdict.SAME, by=admin_user)
    lines = list(export_rulings())
    curate.undo_ruling(ruling, by=admin_user)
    Ruling.objects.all().delete()
    assert not together(one, other)
    assert [each.state for each in import_rulings(read_rulings(lines), dry_run=False)] == ["applied"]
    assert together(one, other)
    Ruling.objects.all().delete()
    curate.rule_on_pair(one, other, Verdict.DIFFERENT, by=admin_user)
    assert [each.state for each in import_rulings(read_rulings(lines), dry_run=False)] == ["conflicting"]


def test_readers_have_no_business_here(client: Client, see: Callable[..., str]) -> None:
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/desk/copies/").status_code == 403
