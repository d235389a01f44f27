"""A family name that several people bear: one question, one verdict, one undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from articles.ingest.settle import settle_everything
from articles.models import Actor, JoinCandidate, Ruling
from articles.models.ruling import Verdict
from tests.factories import make_actor, make_article, make_mentions
from tests.views.test_review import make_candidate, rule

pytestmark = pytest.mark.django_db

NAMES = ("Vashti", "Oren Vashti", "Mira Vashti", "Tal Vashti")


@pytest.fixture
def actors() -> dict[str, Actor]:
    made = {name: make_actor(name) for name in NAMES}
    for number, name in enumerate(NAMES):
        article = make_article(body=f"{name} met the envoys.", published=date(2012, 7, 1 + number))
        make_mentions(article, made[name])
    for name in NAMES[1:]:
        make_candidate(made["Vashti"], made[name])
    settle_everything()
    return made


@pytest.fixture
def first(actors: dict[str, Actor]) -> JoinCandidate:
    return JoinCandidate.objects.to_review().questions().get()


def answer(client: Client, actors: dict[str, Actor], first: JoinCandidate, verdict: str) -> str:
    shown = [str(actors[name].pk) for name in NAMES[1:]]
    return rule(client, first, verdict, choice=shown)  # type: ignore[arg-type]  # a list is several values


def said() -> set[tuple[str, str, str]]:
    return set(Ruling.objects.standing().values_list("verdict", "left", "right"))


def now(actors: dict[str, Actor]) -> Actor:
    return Actor.objects.get(pk=actors["Vashti"].pk)


def test_the_list_asks_once(admin_client: Client, actors: dict[str, Actor]) -> None:
    html = admin_client.get("/desk/actors/").content.decode()

    assert "1 question;" in html
    assert "One of 3</a>: Oren Vashti, Mira Vashti, Tal Vashti" in html
    assert "1 question with" in admin_client.get("/desk/actors/?name=mira").content.decode()


def test_the_card_offers_all_and_says_a_shared_reason_once(
    admin_client: Client, actors: dict[str, Actor], first: JoinCandidate
) -> None:
    html = admin_client.get(f"/desk/actors/{first.pk}/").content.decode()

    assert "Which of these is" in html
    assert all(f'data-key="{key}"' in html for key in ("1", "2", "3", "d", "x", "n"))
    assert html.count("The names sound alike.") == 1
    assert all(f"{name}</a>" in html for name in NAMES)


def test_reasons_that_differ_stand_with_each(
    admin_client: Client, actors: dict[str, Actor], first: JoinCandidate
) -> None:
    JoinCandidate.objects.filter(pk=first.pk).update(reason="Both are envoys.")
    html = admin_client.get(f"/desk/actors/{first.pk}/").content.decode()
    assert (html.count("Both are envoys."), html.count("The names sound alike.")) == (1, 2)


def test_one_verdict_settles_all_and_is_undone_whole(
    admin_client: Client, actors: dict[str, Actor], first: JoinCandidate
) -> None:
    html = answer(admin_client, actors, first, str(actors["Mira Vashti"].pk))

    assert now(actors).merged_into == actors["Mira Vashti"]
    assert said() == {
        ("same", "Vashti", "Mira Vashti"),
        ("different", "Vashti", "Oren Vashti"),
        ("different", "Vashti", "Tal Vashti"),
    }
    assert not JoinCandidate.objects.to_review().exists()
    assert "Vashti is the same as Mira Vashti" in html
    ruling = Ruling.objects.filter(verdict=Verdict.DIFFERENT).first()
    html = admin_client.post(f"/desk/rulings/{ruling.pk}/undo/", follow=True).content.decode()  # type: ignore[union-attr]
    assert said() == set()
    assert now(actors).merged_into is None
    assert JoinCandidate.objects.to_review().count() == 3
    assert "Taken back" in html
    assert "Your last verdict" not in html


def test_none_of_them(admin_client: Client, actors: dict[str, Actor], first: JoinCandidate) -> None:
    answer(admin_client, actors, first, "none")
    assert {verdict for verdict, _, _ in said()} == {"different"}
    assert len(said()) == 3
    assert now(actors).merged_into is None


def test_cannot_be_decided(admin_client: Client, actors: dict[str, Actor], first: JoinCandidate) -> None:
    answer(admin_client, actors, first, "unsure")
    assert [verdict for verdict, _, _ in said()] == ["unsure"] * 3
    assert not JoinCandidate.objects.to_review().exists()


def test_later_puts_off_the_whole_question(
    admin_client: Client, actors: dict[str, Actor], first: JoinCandidate
) -> None:
    assert "What you put off waits in this list." in answer(admin_client, actors, first, "skip")
    assert said() == set()


def test_what_may_be_the_chosen_one_itself_is_asked_next(
    admin_client: Client, actors: dict[str, Actor], first: JoinCandidate
) -> None:
    make_candidate(actors["Oren Vashti"], actors["Tal Vashti"])
    answer(admin_client, actors, first, str(actors["Oren Vashti"].pk))

    assert said() == {("same", "Vashti", "Oren Vashti"), ("different", "Vashti", "Mira Vashti")}
    next_one = JoinCandidate.objects.to_review().questions().get()
    assert next_one.asked == f"{actors['Oren Vashti'].pk}-{actors['Tal Vashti'].pk}"


def test_who_is_late_is_told(admin_client: Client, actors: dict[str, Actor], first: JoinCandidate) -> None:
    make_candidate(actors["Vashti"], make_actor("Ines Vashti"))
    html = answer(admin_client, actors, first, "none")
    assert "has changed while you had the page open" in html
    assert said() == set()


def test_an_unknown_answer_changes_nothing(
    admin_client: Client, actors: dict[str, Actor], first: JoinCandidate
) -> None:
    assert "Say which of them it is" in answer(admin_client, actors, first, "perhaps")
    assert said() == set()


def test_two_full_names_stay_a_pair(admin_client: Client, actors: dict[str, Actor]) -> None:
    pair = make_candidate(make_actor("Ada Lund"), make_actor("Ada Lunt"))
    make_candidate(make_actor("Ada Lunde"), pair.right)
    html = admin_client.get(f"/desk/actors/{pair.pk}/").content.decode()
    assert "One actor or two?" in html
    assert "3 questions;" in admin_client.get("/desk/actors/").content.decode()


def test_the_list_asks_the_database_few_questions(
    admin_client: Client, actors: dict[str, Actor], django_assert_max_num_queries: Callable
) -> None:
    for number in range(10):
        lone = make_actor(f"Lund{number}")
        for first_name in ("Ada", "Ines"):
            make_candidate(lone, make_actor(f"{first_name} Lund{number}"))
    with django_assert_max_num_queries(12):
        admin_client.get("/desk/actors/")
