"""Marking a line from the page as it came: preview, confirmation, progress, undo; for curators alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.ingest.jobs import run_waiting
from articles.models import Article, Job, Outlet, Ruling
from articles.views.source_lines import source_lines
from tests.curate.test_lines import EXTRA_LINE, OTHER_PROMO, PROMO, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    take(2, extra=OTHER_PROMO)
    return take(1)


def address(article: Article, label: str = "chrome", number: int = EXTRA_LINE) -> str:
    return reverse("mark_line", args=[article.permanent_id, number, label])


def mark(client: Client, article: Article, **values: str) -> str:
    response = client.post(address(article), {"outlet": str(article.outlet_id or ""), **values}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("curator")
def test_a_preview_shows_the_other_articles_and_marks_nothing(client: Client, article: Article) -> None:
    html = client.get(address(article)).content.decode()
    assert "1 other article would change" in html
    assert f"<del>{OTHER_PROMO}</del>" in html
    assert "for every page of" in html
    assert not Ruling.objects.exists()
    assert "No other article would change" in client.get(address(article, "body")).content.decode()


@pytest.mark.usefixtures("curator")
def test_confirming_marks_shows_progress_and_can_be_undone(client: Client, article: Article) -> None:
    html = mark(client, article, reason="a promo")
    ruling = Ruling.objects.get()
    assert (ruling.reason, ruling.made_by_name) == ("a promo", "lena")
    assert PROMO not in Article.objects.get(pk=article.pk).body
    assert "0 of 2 articles" in html
    assert '<meta http-equiv="refresh" content="3">' in html
    list(run_waiting())
    html = client.get(reverse("job", args=[Job.objects.get().pk])).content.decode()
    assert "2 of 2 articles" in html
    assert 'http-equiv="refresh"' not in html

    html = client.post(reverse("undo_line", args=[ruling.pk]), follow=True).content.decode()
    assert "The mark is taken back" in html
    list(run_waiting())
    assert all(
        promo in "".join(Article.objects.values_list("body", flat=True)) for promo in (PROMO, OTHER_PROMO)
    )
    again = client.post(reverse("undo_line", args=[ruling.pk]), follow=True).content.decode()
    assert "taken back before" in again


@pytest.mark.usefixtures("curator")
def test_the_page_stops_looking_when_asked_or_when_nothing_happens(client: Client, article: Article) -> None:
    mark(client, article)
    job = reverse("job", args=[Job.objects.get().pk])
    assert 'http-equiv="refresh"' not in client.get(job, {"still": ""}).content.decode()
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    html = client.get(job).content.decode()
    assert "Nothing has happened for a while" in html
    assert 'http-equiv="refresh"' not in html
    Job.objects.update(state=Job.State.FAILED, error="OSError: no space left")
    assert "no space left" in client.get(job).content.decode()
    client.post(reverse("job_again", args=[Job.objects.get().pk]))
    assert Job.objects.get().state == Job.State.WAITING


@pytest.mark.usefixtures("curator")
def test_an_outlet_that_changed_since_the_preview_is_told(client: Client, article: Article) -> None:
    other = Outlet.objects.named("Karrin Daily")
    Article.objects.filter(pk=article.pk).update(outlet=other)
    html = mark(client, article)
    assert "The outlet of this article was changed meanwhile" in html
    assert not Ruling.objects.exists()


@pytest.mark.usefixtures("curator")
def test_without_an_outlet_the_page_says_what_is_marked(client: Client) -> None:
    article = take(1, host=None)
    assert "on this page alone" in client.get(address(article)).content.decode()
    assert "on this page alone" in mark(client, article)


@pytest.mark.usefixtures("curator")
def test_lines_that_cannot_be_marked(client: Client, article: Article) -> None:
    response = client.get(address(article, number=2), follow=True)
    assert "There is nothing to read on line 2." in response.content.decode()
    assert client.get(address(article, "headline")).status_code == 404


def test_others_are_asked_to_sign_in_or_refused(client: Client, article: Article) -> None:
    job = Job.objects.create(kind=Job.Kind.LINE)
    asked = [address(article), reverse("job", args=[job.pk])]
    posted = [address(article), reverse("job_again", args=[job.pk]), reverse("undo_line", args=[1])]
    for each in asked:
        assert client.get(each)["Location"].startswith("/sign-in/?next=/")
    for user in (User.objects.create_user("reader"), User.objects.create_user("staff", is_staff=True)):
        client.force_login(user)
        assert {client.get(each).status_code for each in asked} == {403}
        assert {client.post(each).status_code for each in posted} == {403}
    assert not Ruling.objects.exists()


def test_a_post_needs_its_token(article: Article) -> None:
    user = User.objects.create_superuser("root")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(address(article), {"outlet": str(article.outlet_id)}).status_code == 403
    assert not Ruling.objects.exists()


@pytest.mark.usefixtures("curator")
def test_undoing_needs_a_post(client: Client) -> None:
    assert client.get(reverse("undo_line", args=[1])).status_code == 405


def test_each_line_offers_what_it_is_not(curator: User, article: Article) -> None:
    offered = {}
    user = User.objects.get(pk=curator.pk)
    for line in source_lines(article):
        context = {
            "user": user,
            "perms": {"articles": {"change_article": True}},
            "article": article,
            "line": line,
        }
        html = render_to_string("curate/_line_actions.html", context)
        offered[line.number] = ("Not the article" in html, "Belongs to the text" in html)
    assert offered[EXTRA_LINE] == (True, False)
    assert offered[1] == (True, True)
    assert offered[2] == (False, False)
    nobody = {"user": User(), "perms": {}, "article": article, "line": source_lines(article)[0]}
    assert "href" not in render_to_string("curate/_line_actions.html", nobody)


@pytest.mark.usefixtures("curator")
def test_a_hostile_line_is_shown_as_text(client: Client) -> None:
    hostile = "<script>alert(1)</script> is what our harbour letter said to its members on every Friday of the year."
    html = client.get(address(take(1, extra=hostile))).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.usefixtures("curator")
def test_a_mark_from_another_archive_led_to_no_work_that_could_be_watched(
    client: Client, article: Article
) -> None:
    mark(client, article)
    Job.objects.all().delete()
    page = reverse("article_raw", args=[article.permanent_id])
    again = client.post(address(article), {"outlet": str(article.outlet_id or "")})
    assert again["Location"] == page
    Ruling.objects.update(undone_at=timezone.now())
    undone = client.post(reverse("undo_line", args=[Ruling.objects.get().pk]))
    assert undone["Location"] == page
