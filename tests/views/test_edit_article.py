"""Correcting an article on a page of its own."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from articles.curate import rule_fields
from articles.models import Article, Ruling
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(published=date(2012, 5, 14), outlet="The Meridian Post", headline="Harbour talks")


def as_shown(client: Client, article: Article) -> dict[str, str]:
    """Return what the form holds when it is opened, as a browser would send it."""
    form = client.get(f"{article.get_absolute_url()}edit/").context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in shown.items()} | {
        "authors": "",
        "source_credits": "",
        "published_from": str(article.published_from),
    }


def send(client: Client, article: Article, **fields: str) -> HttpResponse:
    return client.post(f"{article.get_absolute_url()}edit/", as_shown(client, article) | fields)


def test_readers_are_kept_out_and_see_no_link(client: Client, article: Article) -> None:
    address = f"{article.get_absolute_url()}edit/"
    assert client.get(address).status_code == 302
    assert "Correct this article" not in client.get(article.get_absolute_url()).content.decode()
    client.force_login(User.objects.create_superuser("lena"))
    assert address in client.get(article.get_absolute_url()).content.decode()


def test_only_what_was_changed_becomes_a_ruling(admin_client: Client, article: Article) -> None:
    response = send(
        admin_client, article, section="World", authors="Lena Orsk\nJo Ferro", reason="See line 2."
    )
    assert response["Location"] == article.get_absolute_url()
    article.refresh_from_db()
    assert (article.section, article.authors) == ("World", ["Lena Orsk", "Jo Ferro"])
    assert set(Ruling.objects.values_list("field", "reason", "made_by_name")) == {
        ("section", "See line 2.", "admin"),
        ("authors", "See line 2.", "admin"),
    }


def test_nothing_changed_is_no_ruling(admin_client: Client, article: Article) -> None:
    response = send(admin_client, article, reason="I only looked.")
    assert response.status_code == 302
    assert not Ruling.objects.exists()


def test_a_date_becomes_an_interval_or_unknown(admin_client: Client, article: Article) -> None:
    send(admin_client, article, published_from="2012-03-04", published_to="2012-05-07")
    article.refresh_from_db()
    assert (article.published_from, article.published_to) == (date(2012, 3, 4), date(2012, 5, 7))
    assert article.published_precision == "interval"
    send(admin_client, article, published_from="", published_to="")
    article.refresh_from_db()
    assert (article.published_from, article.published_precision) == (None, "unknown")


def test_a_mistake_is_marked_and_what_was_typed_stays(admin_client: Client, article: Article) -> None:
    response = send(
        admin_client, article, section="World", published_from="2012-05-07", published_to="2012-03-04"
    )
    html = response.content.decode()
    assert response.status_code == 400
    assert "The last day comes before the first one. Swap them." in html
    assert 'value="World"' in html
    assert not Ruling.objects.exists()


def test_the_second_curator_is_told_and_keeps_her_words(
    admin_client: Client, admin_user: User, article: Article
) -> None:
    opened = as_shown(admin_client, article)
    orsk = User.objects.create_user("orsk", is_staff=True)
    rule_fields(article, {"section": "Harbour"}, by=orsk)
    response = admin_client.post(f"{article.get_absolute_url()}edit/", opened | {"section": "World"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "changed by orsk (section)" in html
    assert 'value="World"' in html
    article.refresh_from_db()
    assert article.section == "Harbour"


def test_without_the_version_nothing_is_saved(admin_client: Client, article: Article) -> None:
    assert send(admin_client, article, section="World", seen_version="").status_code == 400
    assert not Ruling.objects.exists()


def test_the_history_tells_each_ruling_and_takes_it_back(admin_client: Client, article: Article) -> None:
    address = f"{article.get_absolute_url()}edit/"
    send(
        admin_client,
        article,
        published_from="2012-05-15",
        published_to="2012-05-15",
        reason="The issue says.",
    )
    html = admin_client.get(address).content.decode()
    assert "15 May 2012" in html
    assert '(before: <span dir="auto">14 May 2012</span>)' in html
    assert "The issue says." in html
    ruling = Ruling.objects.get()
    response = admin_client.post(f"/desk/rulings/{ruling.pk}/undo-field/", {"next": address}, follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [(address, 302)]
    assert "Taken back by admin" in html
    assert "undo-field" not in html


def test_the_way_back_is_that_which_led_here(admin_client: Client, article: Article) -> None:
    assert (
        send(admin_client, article, section="A", next="/desk/dates/next/")["Location"] == "/desk/dates/next/"
    )
    response = send(admin_client, article, section="B", next="https://example.org/")
    assert response["Location"] == article.get_absolute_url()


def test_hidden_articles_can_be_corrected(admin_client: Client, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(status="hidden")
    article.refresh_from_db()
    send(admin_client, article, status="published")
    article.refresh_from_db()
    assert article.status == "published"
