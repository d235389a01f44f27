"""The tray of lines that read like the story and were taken out: what waits, what a verdict settles, who is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.curate.lines import mark_line
from articles.ingest import beside
from articles.ingest.jobs import run_waiting
from articles.ingest.reset import rebuild, throw_away
from articles.models import Article, DisputedLine, Ruling
from tests.curate.test_lines import EXTRA_LINE, take

pytestmark = pytest.mark.django_db

APPEAL = "Get the Post's weekly letter delivered to your inbox. Sign up today."


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    # A process of its own would open the archive of this checkout.
    monkeypatch.setattr(beside.ProcessBackend, "_start", lambda *_: None)


@pytest.fixture
def other_client() -> Client:
    """Return the browser of a second curator."""
    client = Client()
    client.force_login(User.objects.create_superuser("mira"))
    return client


def rule(client: Client, line: DisputedLine, verdict: str, **values: str) -> Any:
    return client.post(f"/desk/lines/{line.pk}/rule/", {"verdict": verdict} | values, follow=True)


def bodies() -> list[str]:
    return list(Article.objects.order_by("pk").values_list("body", flat=True))


def run() -> None:
    assert {job.state for job in run_waiting()} <= {"done"}


def test_a_line_that_reads_like_the_story_and_was_taken_out_waits_with_both_reasons(
    admin_client: Client,
) -> None:
    article = take(1, extra=APPEAL)
    take(2, extra="")
    [line] = DisputedLine.objects.all()
    assert (line.article, line.number, line.text) == (article, EXTRA_LINE, APPEAL)
    assert "sells a subscription" in line.says_no
    assert line.says_yes.startswith("Prose of the story")
    page = admin_client.get("/desk/lines/next/", follow=True).text
    assert line.says_yes in page.replace("&#x27;", "'")
    assert "<mark>Get the Post" in page
    assert "sells a subscription" in admin_client.get("/desk/lines/").text


def test_one_verdict_settles_the_line_for_the_outlet_and_is_undone(admin_client: Client) -> None:
    for number in (1, 2):
        take(number, extra=APPEAL)
    take(3, extra=APPEAL, host="karrindaily.example")
    questions = DisputedLine.objects.questions()
    assert [each.articles for each in questions] == [2, 1]
    line = DisputedLine.objects.get(pk=questions[0].pk)
    after = rule(admin_client, line, "body", reason="The editor's own words.")
    assert "Does this line belong to the article?" in after.text  # the other outlet's
    run()
    assert [APPEAL in body for body in bodies()] == [True, True, False]
    assert [each.articles for each in DisputedLine.objects.questions()] == [1]
    assert Ruling.objects.get().reason == "The editor's own words."
    undo = admin_client.session["desk_last"]["undo"]
    assert "Taken back." in admin_client.post(undo, {"next": "/desk/lines/"}, follow=True).text
    run()
    assert not any(APPEAL in body for body in bodies())
    assert [each.articles for each in DisputedLine.objects.questions()] == [2, 1]
    assert "taken back before" in admin_client.post(undo, follow=True).text


def test_that_it_is_not_the_article_is_a_ruling_too_and_nothing_waits_any_more(admin_client: Client) -> None:
    take(1, extra=APPEAL)
    assert "Nothing waits any more" in rule(admin_client, DisputedLine.objects.get(), "chrome").text
    run()
    assert Ruling.objects.get().said["label"] == "chrome"
    take(2, extra=APPEAL)  # comes in later, and follows
    assert not DisputedLine.objects.exists()


def test_of_an_unknown_outlet_the_page_alone_is_settled(admin_client: Client) -> None:
    for number in (1, 2):
        take(number, extra=APPEAL, host=None)
    assert [each.articles for each in DisputedLine.objects.questions()] == [1, 1]
    rule(admin_client, DisputedLine.objects.order_by("pk")[0], "body")
    run()
    assert [APPEAL in body for body in bodies()] == [True, False]


def test_the_second_is_told_and_later_puts_off(admin_client: Client, other_client: Client) -> None:
    take(1, extra=APPEAL)
    line = DisputedLine.objects.get()
    assert "What you put off waits" in rule(admin_client, line, "later").text
    assert "Choose one of the verdicts" in rule(admin_client, line, "perhaps").text
    rule(admin_client, line, "chrome")
    assert "Somebody said what this line is" in rule(other_client, line, "body").text
    assert Ruling.objects.get().made_by_name == "admin"
    assert "does not wait any more" in other_client.get(f"/desk/lines/{line.pk}/", follow=True).text


def test_a_mark_elsewhere_and_a_reset_leave_no_old_question(admin_user: User) -> None:
    article = take(1, extra=APPEAL)
    throw_away()
    assert not DisputedLine.objects.exists()
    list(rebuild())
    article = Article.objects.get()
    assert DisputedLine.objects.get().article == article
    mark_line(article, line_number=EXTRA_LINE, label="body", by=admin_user)
    assert not DisputedLine.objects.exists()
