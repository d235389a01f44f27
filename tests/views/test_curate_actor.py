"""Putting actors right from their pages."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Actor, Article, Mention, Ruling
from articles.models.ruling import Verdict
from tests.factories import make_actor, make_article, make_mentions

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    vashti, reeve = make_actor("Oren Vashti", aliases=("Washti",)), make_actor("Orren Vasht")
    found = make_article(body="Oren Vashti spoke. Washti left. Orren Vasht stayed.")
    make_mentions(found, vashti)
    make_mentions(found, vashti, "Washti")
    make_mentions(found, reeve)
    return found


def actor(name: str) -> Actor:
    return Actor.objects.get(machine_name=name)


def page(client: Client, pk: int, **query: str) -> str:
    response = client.get(f"/desk/actor/{pk}/", query)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, pk: int, action: str, **fields: object) -> str:
    response = client.post(f"/desk/actor/{pk}/", {"action": action, **fields}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def who(surface: str) -> str:
    return Mention.objects.get(surface=surface).actor.name


def test_readers_are_kept_out(client: Client, article: Article) -> None:
    assert client.get(f"/desk/actor/{actor('Oren Vashti').pk}/").status_code == 302
    assert client.get(f"/desk/mentions/{Mention.objects.first().pk}/").status_code == 302  # type: ignore[union-attr]


def test_another_actor_is_found_in_any_spelling_and_merged(admin_client: Client, article: Article) -> None:
    mine, other = actor("Oren Vashti"), actor("Orren Vasht")
    assert "Same, called <bdi>Orren Vasht" in page(admin_client, mine.pk, other="oren washt")
    html = post(admin_client, mine.pk, "merge", other=str(other.pk), reason="One man.")

    assert "One man." in html
    assert who("Oren Vashti") == "Orren Vasht"


def test_another_actor_is_merged_under_the_name_of_this_page(admin_client: Client, article: Article) -> None:
    mine, other = actor("Oren Vashti"), actor("Orren Vasht")
    assert "Same, called <bdi>Oren Vashti" in page(admin_client, mine.pk, other="oren washt")
    post(admin_client, mine.pk, "merge-under-mine", other=str(other.pk))

    assert who("Orren Vasht") == "Oren Vashti"


def test_a_verdict_is_taken_back_from_the_history(admin_client: Client, article: Article) -> None:
    mine, other = actor("Oren Vashti"), actor("Orren Vasht")
    post(admin_client, mine.pk, "merge", other=str(other.pk))
    [ruling] = Ruling.objects.all()
    admin_client.post(f"/desk/rulings/{ruling.pk}/undo/")

    assert who("Oren Vashti") == "Oren Vashti"
    assert "taken back" in page(admin_client, mine.pk)


def test_a_spelling_becomes_another_actor(admin_client: Client, article: Article) -> None:
    post(admin_client, actor("Oren Vashti").pk, "split", spelling="Washti")
    assert who("Washti") == "Washti"
    assert who("Oren Vashti") == "Oren Vashti"


def test_name_kind_spelling_and_being_no_actor(admin_client: Client, article: Article) -> None:
    mine = actor("Oren Vashti")
    post(admin_client, mine.pk, "rename", name="O. A. Vashti")
    post(admin_client, mine.pk, "kind", kind="organisation")
    post(admin_client, mine.pk, "alias", spelling="The Vashti")
    post(admin_client, mine.pk, "not-an-actor", reason="A street.")
    mine.refresh_from_db()

    assert (mine.name, mine.kind, mine.hidden) == ("O. A. Vashti", "organisation", True)
    assert mine.aliases.filter(surface="The Vashti").exists()
    assert Ruling.objects.count() == 4


@pytest.mark.parametrize(
    ("action", "fields", "words"),
    [
        ("merge", {"other": "x"}, "Choose the other actor"),
        ("merge", {"other": "999999"}, "Choose the other actor"),
        ("rename", {"name": "  "}, "Type a name first"),
        ("kind", {"kind": "vegetable"}, "no kind of actor"),
        ("split", {"spelling": "Oren Vashti"}, "what this actor is called"),
    ],
)
def test_what_cannot_be_ruled_is_explained(
    admin_client: Client, article: Article, action: str, fields: dict[str, str], words: str
) -> None:
    assert words in post(admin_client, actor("Oren Vashti").pk, action, **fields)
    assert not Ruling.objects.exists()


def test_an_unknown_action_is_not_found(admin_client: Client, article: Article) -> None:
    response = admin_client.post(f"/desk/actor/{actor('Oren Vashti').pk}/", {"action": "x"})
    assert response.status_code == 404


def test_a_merged_actor_s_desk_is_its_root_s(admin_client: Client, article: Article) -> None:
    mine, other = actor("Oren Vashti"), actor("Orren Vasht")
    post(admin_client, mine.pk, "merge", other=str(other.pk))
    assert admin_client.get(f"/desk/actor/{mine.pk}/")["Location"] == f"/desk/actor/{other.pk}/"


@pytest.mark.parametrize(("to", "expected"), [("new", "Washti"), ("other", "Orren Vasht")])
def test_a_name_in_one_article_is_really_somebody_else(
    admin_client: Client, article: Article, to: str, expected: str
) -> None:
    mention = Mention.objects.get(surface="Washti")
    assert "Orren Vasht" in admin_client.get(f"/desk/mentions/{mention.pk}/?other=vasht").content.decode()
    chosen = str(actor("Orren Vasht").pk) if to == "other" else to
    response = admin_client.post(f"/desk/mentions/{mention.pk}/", {"to": chosen, "reason": "Another man."})

    assert response["Location"] == article.get_absolute_url()
    assert who("Washti") == expected
    assert Ruling.objects.get().verdict == Verdict.IS_REALLY


@pytest.mark.parametrize(("to", "words"), [("", "Choose who it is"), ("999999", "Choose the other actor")])
def test_a_name_is_nobody_else_until_that_is_said(
    admin_client: Client, article: Article, to: str, words: str
) -> None:
    mention = Mention.objects.get(surface="Washti")
    response = admin_client.post(f"/desk/mentions/{mention.pk}/", {"to": to}, follow=True)

    assert words in response.content.decode()
    assert not Ruling.objects.exists()


def test_a_name_that_nobody_else_has_says_so(admin_client: Client, article: Article) -> None:
    mention = Mention.objects.get(surface="Washti")
    html = admin_client.get(f"/desk/mentions/{mention.pk}/?other=Brodd").content.decode()
    assert "No other actor is called “Brodd” in any spelling." in html
    assert "checked" not in html


def test_the_admin_s_first_page_leads_to_the_queue(admin_client: Client) -> None:
    assert 'href="/desk/actors/"' in admin_client.get("/admin/").content.decode()


def test_a_name_in_one_article_is_nobody(admin_client: Client, article: Article) -> None:
    mention = Mention.objects.get(surface="Washti")
    admin_client.post(f"/desk/mentions/{mention.pk}/", {"to": "nobody"})
    assert Mention.objects.get(surface="Washti").actor.hidden
