"""The curators' desk: what waits, who rules on it, and what the second one is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.curate import broken_work, bulk, rule_fields, undo
from articles.curate.stories import separate_articles
from articles.ingest.jobs import run_waiting
from articles.models import Article, Batch, FieldEvidence, Job, PartLink, RefusedPage, Ruling, Upload
from articles.search.pending import drain
from articles.views.desk_trays import piles
from tests.factories import make_article, make_page

pytestmark = pytest.mark.django_db

DAY = date(2012, 5, 14)


def sure(article: Article, confidence: float) -> Article:
    """Note how sure the machine is of the date that the article has."""
    FieldEvidence.objects.create(
        article=article,
        field="published",
        value=article.field_value("published"),
        method="content",
        confidence=confidence,
        note="The talks were on Monday.",
    )
    return article


@pytest.fixture
def doubted() -> Article:
    return sure(make_article(published=DAY, outlet="The Meridian Post"), 0.4)


@pytest.fixture
def other_client() -> Client:
    """A second curator at the desk."""
    client = Client()
    client.force_login(User.objects.create_superuser("orsk"))
    return client


def rule(client: Client, kind: str, article: Article, verdict: str, **fields: str) -> str:
    """Post a verdict on the version that is given, else on the present one, and return the page that follows."""
    given = {"verdict": verdict, "seen": str(article.version), **fields}
    response = client.post(f"/desk/{kind}/{article.permanent_id}/rule/", given, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def undo_last(client: Client) -> None:
    client.post(client.session["desk_last"]["undo"])


def test_readers_and_staff_without_the_right_are_kept_out(client: Client, doubted: Article) -> None:
    here = f"/desk/dates/{doubted.permanent_id}/"
    for address in ("/desk/", "/desk/dates/", "/desk/dates/next/", here, "/desk/refused/", "/desk/jobs/"):
        assert client.get(address).status_code == 302
    assert client.post(f"{here}rule/", {"verdict": "accept", "seen": "1"}).status_code == 302
    client.force_login(User.objects.create_user("guest", is_staff=True))
    assert client.get("/desk/").status_code == 403
    assert not Ruling.objects.exists()


def test_the_desk_counts_each_kind_in_one_query(
    doubted: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    RefusedPage.objects.create(name="a.txt", reason="The page is empty.")
    make_article(published=DAY, page_number=2, page_count=3)
    with django_assert_num_queries(10):
        found = {pile.title: pile.count for pile in piles()}
    assert found == {
        "Refused pages": 1,
        "Doubtful dates": 1,
        "Unknown outlets": 1,
        "Articles in parts": 1,
        "Near-duplicates": 0,
        "Lines in dispute": 0,
        "Actors that may be one": 0,
        "Unfinished uploads": 0,
        "Work that broke off": 0,
    }


def test_the_desk_links_to_every_list_and_the_admin_links_back(admin_client: Client) -> None:
    html = admin_client.get("/desk/").content.decode()
    addresses = (
        "refused",
        "dates",
        "outlets",
        "parts",
        "copies",
        "lines",
        "actors",
        "unfinished",
        "jobs",
        "uploads",
    )
    for address in addresses:
        assert f'href="/desk/{address}/"' in html
        assert admin_client.get(f"/desk/{address}/").status_code == 200
    assert 'href="/admin/"' in html
    assert 'href="/desk/"' in admin_client.get("/admin/").content.decode()
    assert '<a href="/desk/">Curate</a>' in admin_client.get("/outlets/").content.decode()
    assert admin_client.get("/desk/nothing/").status_code == 404


def test_the_desk_tells_what_people_ruled_lately(
    admin_client: Client, admin_user: User, doubted: Article, django_assert_max_num_queries: Any
) -> None:
    assert "Nobody has ruled on anything yet." in admin_client.get("/desk/").text
    [first] = rule_fields(doubted, {"dateline": "Karrin"}, by=admin_user)
    undo(first, by=admin_user)
    others = [make_article(headline=f"Talks, day {day}") for day in range(3)]
    for article in others:
        rule_fields(
            article,
            {"published": {"from": "2012-05-04", "to": "2012-05-04", "precision": "day"}},
            by=admin_user,
        )
    rule_fields(others[2], {"authors": ["Ada Lund", "Jo Ferro"]}, by=admin_user)
    separate_articles(others[2], others[1], by=admin_user)
    batch = bulk.prepare([doubted.pk], Batch.Action.TAG, value="Ceasefire", by=admin_user)
    bulk.finish_now(bulk.begin(batch, by=admin_user, here=True))
    with django_assert_max_num_queries(16):
        html = " ".join(admin_client.get("/desk/").text.split())
    assert "<s>Dateline is Karrin.</s>" in html
    assert "Published is 4 May 2012." in html
    assert "Authors are Ada Lund, Jo Ferro." in html
    assert "is not" not in html  # two articles by their ids, which tell a person nothing
    assert "Ceasefire" not in html  # one of many articles, which have a list of their own
    assert html.index("Talks, day 2") < html.index("Talks, day 0") < html.index("Dateline is Karrin")


def test_dates_that_wait_are_doubted_or_wide_and_never_quite_unknown(doubted: Article) -> None:
    wide = make_article(published=(date(2012, 3, 1), date(2012, 5, 1)), precision="interval")
    half_open = make_article(published_from=DAY, published_precision="interval")
    sure(make_article(published=DAY), 0.9)
    make_article(published=(date(2012, 3, 1), date(2012, 3, 31)), precision="month")
    sure(make_article(), 0.0)
    sure(make_article(published=DAY, status="hidden"), 0.4)
    assert set(Article.objects.of_doubtful_date()) == {doubted, wide, half_open}


def test_a_date_is_taken_as_a_ruling_and_given_back(admin_client: Client, doubted: Article) -> None:
    html = admin_client.get("/desk/dates/next/", follow=True).content.decode()
    assert "The talks were on Monday." in html
    assert 'data-key="a"' in html

    html = rule(admin_client, "dates", doubted, "accept", reason="The masthead says so.")
    assert "Nothing waits any more" in html
    ruling = Ruling.objects.get()
    assert (ruling.field, ruling.value, ruling.reason) == (
        "published",
        {"from": "2012-05-14", "to": "2012-05-14", "precision": "day"},
        "The masthead says so.",
    )
    undo_last(admin_client)
    assert list(Article.objects.of_doubtful_date()) == [doubted]
    assert "desk_last" not in admin_client.session


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2012", ("2012-01-01", "2012-12-31", "year")),
        ("2012-02", ("2012-02-01", "2012-02-29", "month")),
        (" 2012-5-4 ", ("2012-05-04", "2012-05-04", "day")),
        ("2012-05-04..2012-07", ("2012-05-04", "2012-07-31", "interval")),
        ("2012-05-04..2012-05-04", ("2012-05-04", "2012-05-04", "day")),
    ],
)
def test_another_date_is_written_at_the_desk(
    admin_client: Client, doubted: Article, written: str, value: tuple[str, str, str]
) -> None:
    rule(admin_client, "dates", doubted, "named", text=written)
    assert Ruling.objects.get().value == dict(zip(("from", "to", "precision"), value, strict=True))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "Write 2012, 2012-07, 2012-07-04, or"),
        ("4 May", "“4 May” is no date. Write it as 2012,"),
        ("2012-13", "“2012-13” is no date."),
        ("2012-05..spring", "is no date."),
        ("2012-07-04..", "“2012-07-04..” is no date."),
        ("2013..2012", "The last day comes before the first one."),
    ],
)
def test_what_is_no_date_is_refused_with_the_cure(
    admin_client: Client, doubted: Article, written: str, told: str
) -> None:
    assert told in rule(admin_client, "dates", doubted, "named", text=written)
    assert not Ruling.objects.exists()


def test_a_date_is_ruled_unknown_and_given_back(admin_client: Client, doubted: Article) -> None:
    assert "published unknown" in rule(admin_client, "dates", doubted, "none")
    doubted.refresh_from_db()
    assert (doubted.published_from, doubted.published_precision) == (None, "unknown")
    undo_last(admin_client)
    assert list(Article.objects.of_doubtful_date()) == [doubted]


def test_a_date_that_waits_says_why(admin_client: Client, doubted: Article) -> None:
    wide = make_article(published=(date(2012, 3, 1), date(2012, 5, 1)), precision="interval")
    half_open = make_article(published_from=DAY, published_precision="interval")
    for article, why in (
        (doubted, "The machine is less than 60 % sure of it."),
        (wide, "It is known less exactly than to the month."),
        (half_open, "Only the first day that it can have been is known."),
    ):
        assert why in admin_client.get(f"/desk/dates/{article.permanent_id}/").content.decode()


def test_the_beginning_of_a_text_is_cut_between_words(admin_client: Client) -> None:
    long = sure(make_article(published=DAY, body="envoys and ministers " * 60), 0.4)
    html = admin_client.get(f"/desk/dates/{long.permanent_id}/").content.decode()
    assert "and …</p>" in html
    assert "Read all of it" in html
    short = sure(make_article(published=DAY, body="Envoys met."), 0.4)
    assert "Read all of it" not in admin_client.get(f"/desk/dates/{short.permanent_id}/").content.decode()


def test_the_beginning_of_a_text_without_blanks_is_as_long(admin_client: Client) -> None:
    long = sure(make_article(published=DAY, body="港口开放。\n\n" + "港口今天开放" * 200), 0.4)
    html = admin_client.get(f"/desk/dates/{long.permanent_id}/").content.decode()
    assert html.count("港口今天开放") > 100


def test_the_second_curator_is_told_and_nothing_of_hers_is_saved(
    admin_client: Client, other_client: Client, doubted: Article
) -> None:
    rule(admin_client, "dates", doubted, "accept")
    html = rule(other_client, "dates", doubted, "accept")
    assert "was changed by admin (published)" in html
    assert Ruling.objects.count() == 1
    html = other_client.get(f"/desk/dates/{doubted.permanent_id}/", follow=True).content.decode()
    assert "does not wait any more: admin ruled on it" in html


def test_another_change_meanwhile_is_told_too(
    admin_client: Client, doubted: Article, admin_user: User
) -> None:
    rule_fields(doubted, {"dateline": "Karrin"}, by=admin_user)
    assert "was changed by admin (dateline)" in rule(admin_client, "dates", doubted, "accept")
    assert list(Article.objects.of_doubtful_date()) == [doubted]


def test_what_is_put_off_comes_back_when_all_were_seen(admin_client: Client, doubted: Article) -> None:
    second = sure(make_article(published=DAY), 0.4)
    first_address, second_address = (f"/desk/dates/{one.permanent_id}/" for one in (doubted, second))
    assert admin_client.get("/desk/dates/next/")["Location"] == first_address
    rule(admin_client, "dates", doubted, "later")
    assert admin_client.get("/desk/dates/next/")["Location"] == second_address
    assert "What you put off waits in this list" in rule(admin_client, "dates", second, "later")
    assert admin_client.get("/desk/dates/next/")["Location"] == first_address


def test_an_outlet_is_named_or_ruled_unknown(admin_client: Client) -> None:
    named, untold = make_article(published=DAY), make_article(published=DAY)
    assert "Write the name of the outlet" in rule(admin_client, "outlets", named, "named", text=" ")
    rule(admin_client, "outlets", named, "named", text="Karrin  Daily")
    rule(admin_client, "outlets", untold, "none")
    named.refresh_from_db()
    assert str(named.outlet) == "Karrin Daily"
    assert not Article.objects.of_unknown_outlet().exists()
    undo_last(admin_client)
    assert list(Article.objects.of_unknown_outlet()) == [untold]


def test_many_articles_of_one_outlet_are_settled_from_a_search(admin_client: Client) -> None:
    untold = make_article(published=DAY, headline="The market hall")
    make_article(published=DAY, outlet="Karrin Daily", headline="The harbour")
    drain()
    assert 'href="/search/?outlet=none">Search among them</a>' in admin_client.get("/desk/outlets/").text
    found = admin_client.get("/search/?outlet=none").text
    assert untold.headline in found
    assert "The harbour" not in found
    assert "Search among them" not in admin_client.get("/desk/dates/").text


def test_parts_wait_until_all_are_here_or_a_person_says_it_is_enough(admin_client: Client) -> None:
    first, second, alone, uncounted = (
        make_article(published=DAY, page_number=number, page_count=of)
        for number, of in ((1, 3), (2, 3), (2, 2), (2, None))
    )
    PartLink.objects.create(left=first, right=second, reason="One story.")
    assert set(Article.objects.with_missing_parts()) == {first, second, alone, uncounted}
    third = make_article(published=DAY, page_number=3, page_count=3)
    again = make_article(published=DAY, page_number=2, page_count=3)
    for one, other in ((first, third), (second, third), (first, again), (third, again)):
        PartLink.objects.create(left=one, right=other, reason="One story.")
    assert set(Article.objects.with_missing_parts()) == {alone, uncounted}

    rule(admin_client, "parts", alone, "keep")
    rule(admin_client, "parts", uncounted, "hide")
    assert not Article.objects.with_missing_parts().exists()
    assert set(Ruling.objects.values_list("value", flat=True)) == {"published", "hidden"}


def test_a_verdict_that_is_none_is_refused(admin_client: Client, doubted: Article) -> None:
    assert "Choose one of the verdicts" in rule(admin_client, "dates", doubted, "whatever")
    assert "Choose one of the verdicts" in rule(admin_client, "dates", doubted, "accept", seen="")
    assert not Ruling.objects.exists()


def test_a_list_is_paged(admin_client: Client) -> None:
    for _ in range(31):
        make_article(published=DAY)
    html = admin_client.get("/desk/outlets/?page=2").content.decode()
    assert "31 articles" in html
    assert "Page 2 of 2" in html


def refused() -> RefusedPage:
    return RefusedPage.objects.create(name="week.txt", reason="It is empty.", cure="Fetch it again.")


def test_a_refused_page_is_seen_and_brought_back_as_it_was(admin_client: Client) -> None:
    page = refused()
    html = admin_client.get("/desk/refused/").content.decode()
    assert "It is empty." in html
    assert "Fetch it again." in html
    admin_client.post(f"/desk/refused/{page.pk}/seen/", {"seen": page.refused_at.isoformat()})
    assert not RefusedPage.objects.exists()
    note = admin_client.session["desk_last"]["undo"]
    undo_last(admin_client)
    back = RefusedPage.objects.get()
    assert (back.pk, back.name, back.reason, back.cure) == (page.pk, page.name, page.reason, page.cure)
    assert back.refused_at == page.refused_at
    assert "brought back before" in admin_client.post(note, follow=True).content.decode()


def test_a_refused_page_that_moved_on_is_told_of(admin_client: Client, other_client: Client) -> None:
    page = refused()
    seen = {"seen": page.refused_at.isoformat()}
    page.save()  # refused again
    html = admin_client.post(f"/desk/refused/{page.pk}/seen/", seen, follow=True).content.decode()
    assert "was refused again while you looked" in html
    page.refresh_from_db()
    seen = {"seen": page.refused_at.isoformat()}
    admin_client.post(f"/desk/refused/{page.pk}/seen/", seen)
    html = other_client.post(f"/desk/refused/{page.pk}/seen/", seen, follow=True).content.decode()
    assert "admin set week.txt aside while you looked" in html
    make_page(name="week.txt")  # it came in
    undo_last(admin_client)
    assert not RefusedPage.objects.exists()
    html = admin_client.post("/desk/refused/999/seen/", seen, follow=True).content.decode()
    assert "not refused any more" in html


def test_work_that_failed_or_is_silent_waits(admin_client: Client) -> None:
    failed = Job.objects.create(kind=Job.Kind.RECLEAN, state=Job.State.FAILED, error="No room on the disk.")
    silent = Job.objects.create(kind=Job.Kind.RESOLVE, state=Job.State.RUNNING)
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=silent.pk).update(asked_at=long_ago, seen_at=long_ago)
    running = Job.objects.create(kind=Job.Kind.RECLEAN, state=Job.State.RUNNING, seen_at=timezone.now())
    broken = Job.objects.create(kind=Job.Kind.UPLOAD, state=Job.State.FAILED, error="The zip is cut off.")
    done = Job.objects.create(kind=Job.Kind.UPLOAD, state=Job.State.DONE)
    for job in (broken, done, None):
        Upload.objects.create(job=job, made_by_name="lena")
    assert set(Job.objects.broken_off()) == {failed, silent, broken}
    html = admin_client.get("/desk/jobs/").content.decode()
    assert "No room on the disk." in html
    assert f"/jobs/{silent.pk}/again/" in html
    assert f"/jobs/{running.pk}/" not in html
    html = admin_client.get("/desk/unfinished/").content.decode()
    assert "The zip is cut off." in html
    assert "No file arrived." in html
    assert Upload.objects.unfinished().count() == 2


def failed_upload() -> Upload:
    job = Job.objects.create(kind=Job.Kind.UPLOAD, state=Job.State.FAILED, error="The zip is cut off.")
    return Upload.objects.create(job=job, made_by_name="lena")


def test_work_that_nobody_needs_is_set_aside_and_comes_back_as_it_was(admin_client: Client) -> None:
    failed = Job.objects.create(kind=Job.Kind.RECLEAN, state=Job.State.FAILED, error="No room on the disk.")
    upload = failed_upload()
    for address, job in (("/desk/jobs/", failed), ("/desk/unfinished/", upload.job)):
        page = admin_client.get(address)
        assert f"/desk/jobs/{job.pk}/aside/" in page.text
        seen = next(seen for each, seen in page.context["rows"] if job in (each, getattr(each, "job", None)))
        after = admin_client.post(f"/desk/jobs/{job.pk}/aside/", {"seen": seen}, follow=True)
        assert after.redirect_chain[-1][0] == address
        assert "is set aside" in after.text
        assert not Job.objects.broken_off().filter(pk=job.pk).exists()
        undo = admin_client.session["desk_last"]["undo"]
        assert "is on the desk again" in admin_client.post(undo, {"next": address}, follow=True).text
        job.refresh_from_db()
        assert job.state == Job.State.FAILED
        assert job.error
        assert "brought back before" in admin_client.post(undo, {"next": address}, follow=True).text


def test_who_sets_work_aside_too_late_is_told(admin_client: Client, other_client: Client) -> None:
    job = Job.objects.create(kind=Job.Kind.RECLEAN, state=Job.State.FAILED)
    seen = {"seen": broken_work.seen_of(job)}
    aside = f"/desk/jobs/{job.pk}/aside/"
    admin_client.post(aside, seen)
    assert "set it aside while you looked" in other_client.post(aside, seen, follow=True).text
    undo = admin_client.session["desk_last"]["undo"]
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)  # somebody let it go on
    assert "somebody let it go on since" in admin_client.post(undo, follow=True).text
    assert "This work went on while you looked" in other_client.post(aside, seen, follow=True).text


def test_silent_work_that_is_set_aside_is_taken_from_its_runner(admin_client: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    job = Job.objects.create(kind=Job.Kind.RECLEAN, state=Job.State.RUNNING, runner="elsewhere:1")
    Job.objects.filter(pk=job.pk).update(asked_at=long_ago)
    job.refresh_from_db()
    admin_client.post(f"/desk/jobs/{job.pk}/aside/", {"seen": broken_work.seen_of(job)})
    assert Job.objects.get().runner == ""
    assert not list(run_waiting())
    assert Job.objects.get().state == Job.State.STOPPED


def test_undo_leads_nowhere_but_here(admin_client: Client, doubted: Article) -> None:
    rule(admin_client, "dates", doubted, "accept")
    address = admin_client.session["desk_last"]["undo"]
    assert admin_client.post(address, {"next": "https://example.org/"})["Location"] == "/desk/"
    again = admin_client.post(address, {"next": "/desk/dates/"}, follow=True).content.decode()
    assert "taken back before" in again
