"""One change to all results of a search, on its pages: from the search to taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.accounts import Role, group_of
from articles.curate import bulk, shelves
from articles.ingest import beside
from articles.ingest.jobs import run_waiting
from articles.models import Article, Batch, Job, Outlet, Ruling, Status, Story, Tag
from articles.search.pending import drain
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> list[Article]:
    made = [
        make_article(headline=f"Harbour talks, day {day}", outlet="The Meridian Post") for day in range(3)
    ]
    made.append(make_article(headline="The market hall", body="Fish was dear."))
    drain()
    return made


def plan(client: Client, query: str = "q=talks", **values: str) -> Any:
    return client.post("/desk/many/new/", {"query": query, **values}, follow=True)


def run(batch: Batch) -> None:
    assert [job.state for job in run_waiting()] == ["done"]
    batch.refresh_from_db()


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    # A process of its own would open the archive of this checkout.
    monkeypatch.setattr(beside.ProcessBackend, "_start", lambda *_: None)


@pytest.mark.usefixtures("found")
def test_from_a_search_to_its_change_and_back(admin_client: Client, see: Callable[..., str]) -> None:
    page = admin_client.get("/search/?q=talks").text
    assert "Change all these 3 articles…" in page
    assert "/desk/many/new/?q=talks" in page
    asked = admin_client.get("/desk/many/new/?q=talks")
    assert "Change 3 articles at once" in asked.text
    assert "/search/export/?q=talks&amp;format=jsonl" in asked.text
    previewed = plan(admin_client, action="tag", tag="Ceasefire", reason="They are about it.")
    assert "3 articles would change." in previewed.text
    assert "not under Ceasefire → under Ceasefire" in previewed.text
    batch = Batch.objects.get()
    make_article(headline="Harbour talks, a late page")
    drain()
    admin_client.post(f"/desk/many/{batch.pk}/begin/")
    assert "Waiting for its turn" in admin_client.get(batch.get_absolute_url()).text
    run(batch)
    assert see("/search/?q=tag:ceasefire").count('class="hit"') == 3
    article = Article.objects.filter(page__tags__name="Ceasefire").first()
    assert article is not None
    history = admin_client.get(f"{article.get_absolute_url()}edit/").text
    assert f'<a href="{batch.get_absolute_url()}">change {batch.pk}</a> of many articles' in history
    assert "They are about it." in history
    assert "Put under a tag: Ceasefire" in admin_client.get("/desk/many/").text
    admin_client.post(f"/desk/many/{batch.pk}/undo/")
    run(batch)
    assert "Taken back as far as it stood" in admin_client.get(batch.get_absolute_url()).text
    assert see("/search/?q=tag:ceasefire").count('class="hit"') == 0
    assert not Ruling.objects.standing().exists()


@pytest.mark.usefixtures("found")
def test_the_outlet_of_what_is_narrowed_is_set_and_hidden_articles_are_among_them(
    admin_client: Client,
) -> None:
    outlet = Outlet.objects.get()
    Article.objects.filter(headline__endswith="0").update(status=Status.HIDDEN)
    query = urlencode({"outlet": f"{outlet.pk}-{outlet.slug}"})
    assert (
        "3 articles would change." in plan(admin_client, query, action="outlet", outlet="Karrin Daily").text
    )
    batch = Batch.objects.get()
    admin_client.post(f"/desk/many/{batch.pk}/begin/")
    run(batch)
    assert Article.objects.filter(outlet__name="Karrin Daily").count() == 3


@pytest.mark.usefixtures("found")
def test_a_plan_is_left_and_what_is_missing_is_told(admin_client: Client) -> None:
    missing = plan(admin_client, action="tag", tag="")
    assert missing.status_code == 400
    assert "Say which one" in missing.text
    assert "Choose what is to be done." in plan(admin_client, action="burn").text
    assert "This search finds nothing" in admin_client.get("/desk/many/new/?q=zeppelin").text
    plan(admin_client, action="hide")
    batch = Batch.objects.get()
    left = admin_client.post(f"/desk/many/{batch.pk}/discard/", follow=True)
    assert left.redirect_chain[-1][0] == "/search/?q=talks"
    assert "Nothing was changed." in left.text
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("found")
def test_more_than_one_change_takes_are_refused_with_the_way_out(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.curate.bulk.MOST_AT_ONCE", 2)
    page = admin_client.get("/desk/many/new/?q=talks").text
    assert "One change takes 2 articles at most" in page
    assert "See what would change" not in page


@pytest.mark.usefixtures("found")
def test_the_second_curator_is_told(admin_client: Client) -> None:
    plan(admin_client, action="hide")
    batch = Batch.objects.get()
    bulk.begin(batch, by=User.objects.create_superuser("mira"))
    told = admin_client.post(f"/desk/many/{batch.pk}/begin/", follow=True).text
    assert "mira began this while you looked at it." in told
    assert "It was begun meanwhile" in admin_client.post(f"/desk/many/{batch.pk}/discard/", follow=True).text
    assert "not over yet" in admin_client.post(f"/desk/many/{batch.pk}/undo/", follow=True).text


@pytest.mark.usefixtures("found")
def test_whoever_has_a_plan_open_that_was_replaced_is_told(admin_client: Client) -> None:
    plan(admin_client, action="hide")
    old = Batch.objects.get()
    plan(admin_client, action="publish")
    for told in (
        admin_client.get(old.get_absolute_url(), follow=True),
        admin_client.post(f"{old.get_absolute_url()}begin/", follow=True),
        admin_client.post(f"{old.get_absolute_url()}discard/", follow=True),
    ):
        assert told.redirect_chain == [("/desk/many/", 302)]
        assert "This plan is gone" in told.text
    assert Batch.objects.get().action == "publish"


@pytest.mark.usefixtures("found")
def test_while_it_runs_the_page_asks_how_far_it_is_and_gets_its_list_once_it_is_over(
    admin_client: Client,
) -> None:
    plan(admin_client, action="hide")
    batch = Batch.objects.get()
    address = batch.get_absolute_url()
    admin_client.post(f"{address}begin/")
    assert 'hx-trigger="every 1s"' in admin_client.get(address).text
    still = admin_client.get(f"{address}?still=1").text
    assert "every 1s" not in still
    assert 'http-equiv="refresh"' not in still
    asked = admin_client.get(address, headers={"HX-Request": "true"})
    assert "0 of 3 articles" in asked.text
    assert "<table" not in asked.text
    assert "HX-Retarget" not in asked.headers
    run(batch)
    over = admin_client.get(address, headers={"HX-Request": "true"})
    assert over["HX-Retarget"] == "#batch"
    assert "<table" in over.text
    assert "every 1s" not in over.text


def test_counted_by_stories_every_version_is_changed(admin_client: Client) -> None:
    story = Story.objects.create()
    for version in (1, 2):
        make_article(headline=f"Harbour talks, version {version}", story=story)
    drain()
    found = admin_client.get("/search/?q=talks&count=stories").text
    assert found.count('class="hit"') == 1
    assert "Change all these 2 articles…" in found
    assert "2 articles would change." in plan(admin_client, "q=talks&count=stories", action="hide").text


@pytest.mark.usefixtures("found")
def test_reading_again_shows_what_the_first_pages_would_become(admin_client: Client) -> None:
    page = plan(admin_client, action="read_again").text
    assert "What reading the first of them again would change" in page
    assert "what supports the" in page
    assert "source_credits" not in page
    assert "cannot be taken back as a whole" in page
    batch = Batch.objects.get()
    admin_client.post(f"/desk/many/{batch.pk}/begin/")
    run(batch)
    assert "Take the whole change back" not in admin_client.get(batch.get_absolute_url()).text


@pytest.mark.usefixtures("found")
def test_readers_have_no_business_here(client: Client) -> None:
    assert "Change all these" not in client.get("/search/?q=talks").text
    client.force_login(User.objects.create_user("reader"))
    for address in ("/desk/many/", "/desk/many/new/?q=talks"):
        assert client.get(address).status_code == 403


def test_a_job_of_many_leads_to_its_change(admin_client: Client, found: list[Article]) -> None:
    user = User.objects.get(username="admin")
    batch = bulk.prepare([found[0].pk], "hide", by=user)
    job = bulk.begin(batch, by=user)
    assert admin_client.get(f"/jobs/{job.pk}/")["Location"] == batch.get_absolute_url()


@pytest.mark.usefixtures("found")
def test_a_renamed_tag_is_called_by_its_name_of_today(admin_client: Client) -> None:
    plan(admin_client, action="tag", tag="Ceasefire")
    batch = Batch.objects.get()
    admin_client.post(f"{batch.get_absolute_url()}begin/")
    run(batch)
    shelves.rename(Tag.objects.get(), name="Truces", description="")
    for address in (batch.get_absolute_url(), "/desk/many/"):
        html = admin_client.get(address).text
        assert "Put under a tag: Truces" in html
        assert "easefire" not in html
    plan(admin_client, action="untag", tag="Truces")
    planned = Batch.objects.get(job=None)
    assert planned.value == "ceasefire"
    assert "under Truces → not under Truces" in admin_client.get(planned.get_absolute_url()).text


@pytest.mark.usefixtures("found")
def test_a_change_that_broke_off_stays_for_it_can_go_on(admin_client: Client) -> None:
    plan(admin_client, action="hide")
    batch = Batch.objects.get()
    admin_client.post(f"{batch.get_absolute_url()}begin/")
    Job.objects.update(state=Job.State.FAILED)
    address = f"/admin/articles/batch/{batch.pk}/delete/"
    assert admin_client.post(address, {"post": "yes"}).status_code == 403


@pytest.mark.usefixtures("found")
def test_a_change_that_is_over_is_cleared_in_the_admin_and_its_rulings_stay(admin_client: Client) -> None:
    plan(admin_client, action="hide")
    batch = Batch.objects.get()
    admin_client.post(f"{batch.get_absolute_url()}begin/")
    address = f"/admin/articles/batch/{batch.pk}/delete/"
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    run(batch)
    curator = User.objects.create_user("lena", is_staff=True)
    curator.groups.add(group_of(Role.CURATOR))
    client = Client()
    client.force_login(curator)
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert admin_client.post(address, {"post": "yes"}).status_code == 302
    assert not Batch.objects.exists()
    told = admin_client.get(batch.get_absolute_url(), follow=True).text
    assert "What it changed stands" in told
    assert "Nothing was changed" not in told
    assert Ruling.objects.standing().count() == 3
    assert Article.objects.filter(status=Status.HIDDEN).count() == 3
