"""The queue of actors that may be one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.curate.actors import merge
from articles.models import Actor, JoinCandidate, Ruling
from articles.models.ruling import Verdict
from tests.factories import make_actor, make_article, make_mentions

pytestmark = pytest.mark.django_db


def make_candidate(left: Actor, right: Actor, *, settles: int = 1) -> JoinCandidate:
    one, other = sorted((left, right), key=lambda actor: actor.pk)
    return JoinCandidate.objects.create(
        left=one, right=other, score=0.8, reason="The names sound alike.", settles=settles
    )


@pytest.fixture
def pair() -> JoinCandidate:
    left, right = make_actor("Oren Vashti"), make_actor("Orren Washti")
    reeve = make_actor("Dana Reeve")
    for text in ("Oren Vashti met Dana Reeve.", "Orren Washti wrote to Dana Reeve.", "Oren Vashti left."):
        article = make_article(body=text, published=date(2012, 7, 2))
        for actor in (left, right, reeve):
            make_mentions(article, actor)
    return make_candidate(left, right, settles=3)


def rule(client: Client, pair: JoinCandidate, verdict: str, **fields: str) -> str:
    response = client.post(f"/desk/actors/{pair.pk}/rule/", {"verdict": verdict, **fields}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_readers_are_kept_out(client: Client, pair: JoinCandidate) -> None:
    for address in ("/desk/actors/", "/desk/actors/next/", f"/desk/actors/{pair.pk}/"):
        assert client.get(address).status_code == 302
    assert client.post(f"/desk/actors/{pair.pk}/rule/", {"verdict": "different"}).status_code == 302
    assert not Ruling.objects.exists()


def test_the_pair_that_settles_most_comes_first(admin_client: Client, pair: JoinCandidate) -> None:
    small = make_candidate(make_actor("Ada Lund"), make_actor("Ada Lunt"), settles=1)
    html = admin_client.get("/desk/actors/").content.decode()

    assert "2 questions" in html
    assert html.index("Oren Vashti") < html.index("Ada Lund")
    assert admin_client.get("/desk/actors/next/")["Location"] == f"/desk/actors/{pair.pk}/"
    assert (
        admin_client.get("/desk/actors/next/?name=lund")["Location"] == f"/desk/actors/{small.pk}/?name=lund"
    )
    assert "Oren Vashti" not in admin_client.get("/desk/actors/?name=lund").content.decode()


def test_both_sides_show_their_evidence(admin_client: Client, pair: JoinCandidate) -> None:
    html = admin_client.get(f"/desk/actors/{pair.pk}/").content.decode()

    assert "The names sound alike." in html
    assert "Both appear with" in html
    assert "2 articles" in html
    assert "wrote to" in html


def test_whom_both_appear_with_is_told_beyond_those_listed(admin_client: Client, pair: JoinCandidate) -> None:
    for side in (pair.left, pair.right):
        article = make_article(body=f"{side.name} and Ada Lund.", published=date(2012, 7, 2))
        make_mentions(article, side)
        make_mentions(
            article, make_actor("Ada Lund") if side == pair.left else Actor.objects.get(name="Ada Lund")
        )
        for number in range(20):
            other = make_article(body=f"{side.name} and Crowd {side.pk} {number}.")
            make_mentions(other, side)
            crowd = make_actor(f"Crowd {side.pk} {number}")
            make_mentions(other, crowd)
            make_mentions(article, crowd, "and")
    html = admin_client.get(f"/desk/actors/{pair.pk}/").content.decode()

    both = html.split("Both appear with")[1].split("</p>")[0]
    assert "Ada Lund" in both
    assert "Crowd" not in both


def test_same_keeps_the_name_that_was_chosen(admin_client: Client, pair: JoinCandidate) -> None:
    rule(admin_client, pair, "same-right", reason="The same office.")
    pair.left.refresh_from_db()

    assert pair.left.merged_into == pair.right
    [ruling] = Ruling.objects.standing()
    assert ruling.verdict == Verdict.SAME
    assert ruling.reason == "The same office."


def test_undo_brings_two_back(admin_client: Client, pair: JoinCandidate) -> None:
    html = rule(admin_client, pair, "same-left")
    assert "Your last verdict" in html
    [ruling] = Ruling.objects.standing()
    response = admin_client.post(f"/desk/rulings/{ruling.pk}/undo/", {"next": "/desk/actors/"}, follow=True)
    pair.right.refresh_from_db()

    assert pair.right.merged_into is None
    assert "1 question" in response.content.decode()


def test_different_leaves_the_queue(admin_client: Client, pair: JoinCandidate) -> None:
    html = rule(admin_client, pair, "different")
    assert "Nothing waits any more" in html
    assert not JoinCandidate.objects.to_review().exists()


def test_later_puts_off_for_this_sitting(admin_client: Client, pair: JoinCandidate) -> None:
    html = rule(admin_client, pair, "skip")
    assert "What you put off waits in this list." in html
    assert JoinCandidate.objects.to_review().get() == pair


def test_who_is_late_is_told(admin_client: Client, admin_user: User, pair: JoinCandidate) -> None:
    page = admin_client.get(f"/desk/actors/{pair.pk}/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    other = make_actor("O. Vashti")
    merge(other, pair.left, by=admin_user)
    html = rule(admin_client, pair, "same-left", seen=seen)

    assert Ruling.objects.count() == 1
    assert 'class="messages"' in html or "meanwhile" in html


def test_an_unknown_verdict_changes_nothing(admin_client: Client, pair: JoinCandidate) -> None:
    assert "same or different" in rule(admin_client, pair, "perhaps")
    assert not Ruling.objects.exists()


def test_undo_leads_nowhere_else(admin_client: Client, pair: JoinCandidate) -> None:
    rule(admin_client, pair, "different")
    [ruling] = Ruling.objects.all()
    response = admin_client.post(f"/desk/rulings/{ruling.pk}/undo/", {"next": "//elsewhere.example/"})
    assert response["Location"] == "/desk/actors/"


def test_it_asks_the_database_few_questions(
    admin_client: Client, pair: JoinCandidate, django_assert_max_num_queries: Callable
) -> None:
    for number in range(20):
        article = make_article(body="Oren Vashti met Dana Reeve.", outlet=f"Outlet {number}")
        make_mentions(article, pair.left)
    with django_assert_max_num_queries(40):
        admin_client.get(f"/desk/actors/{pair.pk}/")
