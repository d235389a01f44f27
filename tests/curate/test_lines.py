"""A marked line is a ruling and a rule: it holds on every page of its outlet, now and later, and is undone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.capture import RawPage, page_from_bytes
from articles.curate.lines import jobs_of, line_on, mark_line, preview, undo_line
from articles.ingest import ArchiveDirectory, ingest_page, reread
from articles.ingest.jobs import run_waiting
from articles.models import Article, Job, Outlet, PendingIndex, Ruling
from articles.models.ruling import Verdict

pytestmark = pytest.mark.django_db

STORY = """Harbour talks resume as both sides claim the truce

By Lena Orsk / May 14, 2012

Ilmar Tessedin went back to the table on Monday and said that the cease-fire held in name. The talks, which were broken off three weeks ago, are to run until Thursday, when both delegations return to their capitals.

{extra}

Osanna Brekk, deputy foreign minister of Vessa, told reporters that her government had never left the room. Members of the council were not invited, and its head called the meeting a performance for the galleries.

The ministry gave no figures for the losses in the port. Observers, of whom two hundred and fifty were promised in the spring, have yet to arrive, and nobody in the city could say on Monday when they would. {number}
"""
PROMO = "Our harbour letter, now read by 4,100 people in both cities, is sent to members of the club on every Friday."
OTHER_PROMO = PROMO.replace("4,100", "5,230")
EXTRA_LINE = 7


def take(number: int, *, extra: str = PROMO, host: str | None = "meridianpost.example") -> Article:
    text = STORY.format(extra=extra, number=f"It was day {number}.")
    url = f"https://{host}/{number}" if host else None
    page = page_from_bytes(text.encode(), name=f"{number}.txt", media_type="text/plain", url=url)
    assert isinstance(page, RawPage)
    return Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def bodies() -> dict[int, str]:
    return dict(Article.objects.values_list("pk", "body"))


def reasons(article: Article) -> dict[int, tuple[str, str]]:
    return {number: (label, reason) for number, label, reason in fresh(article).cleaning.lines}


def test_a_marked_line_leaves_this_article_at_once_and_the_others_in_the_background(curator: User) -> None:
    first, second, without = take(1), take(2, extra=OTHER_PROMO), take(3, extra="")
    elsewhere = take(4, host="karrindaily.example")
    before = bodies()
    assert PROMO in before[first.pk]

    ruling = mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator, reason="a promo")

    assert PROMO not in fresh(first).body
    assert reasons(first)[EXTRA_LINE] == ("chrome", "A curator marked this line for The Meridian Post.")
    assert OTHER_PROMO in fresh(second).body
    assert PendingIndex.objects.filter(article_id=first.pk).exists()
    assert (ruling.verdict, ruling.left, ruling.made_by_name, ruling.reason, ruling.before) == (
        Verdict.LINE, "The Meridian Post", "lena", "a promo", None)  # fmt: skip

    list(run_waiting())
    assert OTHER_PROMO not in fresh(second).body
    assert PROMO in fresh(elsewhere).body
    assert fresh(without).version == without.version
    [job] = jobs_of(ruling)
    assert (job.state, job.total, job.done, job.changed, job.failed) == (Job.State.DONE, 3, 3, 1, 0)


def test_later_pages_of_the_outlet_follow_the_rule_and_rereads_keep_it(curator: User) -> None:
    first = take(1)
    mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator)
    assert OTHER_PROMO not in take(2, extra=OTHER_PROMO).body
    reread(fresh(first))
    assert PROMO not in fresh(first).body


def test_undoing_restores_every_article(curator: User) -> None:
    first, _ = take(1), take(2, extra=OTHER_PROMO)
    before = bodies()
    ruling = mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator)
    list(run_waiting())
    assert bodies() != before

    job = undo_line(ruling, by=curator)

    assert job is not None
    assert fresh(first).body == before[first.pk]
    list(run_waiting())
    assert bodies() == before
    assert Outlet.objects.get(name="The Meridian Post").rules["chrome"] == []
    ruling.refresh_from_db()
    assert (ruling.undone_by, ruling.undone_by_name) == (curator, "lena")
    assert undo_line(ruling, by=curator) is None


def test_undoing_goes_back_to_the_ruling_before(curator: User) -> None:
    first = take(1)
    mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator)
    second = mark_line(fresh(first), line_number=EXTRA_LINE, label="body", by=curator)
    assert second.before == "chrome"
    assert PROMO in fresh(first).body
    undo_line(second, by=curator)
    assert PROMO not in fresh(first).body


def test_the_same_mark_again_is_the_same_ruling(curator: User) -> None:
    first = take(1)
    ruling = mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator)
    assert mark_line(fresh(first), line_number=EXTRA_LINE, label="chrome", by=curator) == ruling
    assert Ruling.objects.count() == Job.objects.count() == 1


def test_a_line_that_cleaning_dropped_comes_back_in_its_place(curator: User) -> None:
    article = take(1, extra="Sign up for our newsletter")
    assert "newsletter" not in article.body
    mark_line(article, line_number=EXTRA_LINE, label="body", by=curator)
    assert fresh(article).body.split("\n\n")[1] == "Sign up for our newsletter"
    for mention in fresh(article).mentions.filter(zone="body"):
        assert fresh(article).body[mention.start : mention.end] == mention.surface


def test_without_an_outlet_the_mark_is_for_this_page_alone(curator: User) -> None:
    first, second = take(1, host=None), take(2, host=None)
    ruling = mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator)
    list(run_waiting())
    assert PROMO not in fresh(first).body
    assert reasons(first)[EXTRA_LINE][1] == "A curator marked this line on this page."
    assert PROMO in fresh(second).body
    undo_line(ruling, by=curator)
    assert PROMO in fresh(first).body


def test_an_outlet_that_a_person_ruled_brings_its_marks(curator: User) -> None:
    from articles.curate import rule_fields

    mark_line(take(1), line_number=EXTRA_LINE, label="chrome", by=curator)
    stray = take(2, host=None)
    rule_fields(stray, {"outlet": "The Meridian Post"}, by=curator)
    reread(fresh(stray))
    assert PROMO not in fresh(stray).body


def test_rulings_on_fields_survive_the_job(curator: User) -> None:
    from articles.curate import rule_fields

    first, second = take(1), take(2)
    rule_fields(second, {"headline": "Talks resume"}, by=curator)
    mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator)
    list(run_waiting())
    assert fresh(second).headline == "Talks resume"
    assert PROMO not in fresh(second).body


def test_a_preview_tells_which_others_would_change_and_changes_nothing(curator: User) -> None:
    first, second, _ = take(1), take(2, extra=OTHER_PROMO), take(3, extra="")
    before = bodies()

    seen = preview(first.outlet, line_on(first, EXTRA_LINE), "chrome", besides=first)

    assert (seen.total, seen.looked_at, seen.holding, seen.whole) == (2, 2, 1, True)
    [change] = seen.changes
    assert change.article == second
    assert change.words_before - change.words_after == len(OTHER_PROMO.split())
    assert change.paragraph_before == OTHER_PROMO
    assert change.paragraph_after.startswith("Osanna Brekk")
    assert bodies() == before
    assert not Ruling.objects.exists()
    assert preview(None, "x", "chrome").total == 0


@pytest.mark.parametrize(("number", "words"), [(2, "nothing to read on line 2"), (99, "line 99")])
def test_a_line_that_is_not_there_cannot_be_marked(curator: User, number: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        mark_line(take(1), line_number=number, label="chrome", by=curator)


def test_a_line_of_stars_cannot_be_told_from_others(curator: User) -> None:
    with pytest.raises(ValueError, match="neither letters nor figures"):
        mark_line(take(1, extra="* * *"), line_number=EXTRA_LINE, label="chrome", by=curator)


def test_a_star_in_a_line_stands_for_itself(curator: User) -> None:
    starred = PROMO.replace("people in both cities", "people* in both cities")
    first, second = take(1, extra=starred), take(2, extra=starred.replace("people*", "people* and dogs"))
    mark_line(first, line_number=EXTRA_LINE, label="chrome", by=curator)
    list(run_waiting())
    assert "harbour letter" not in fresh(first).body
    assert "dogs" in fresh(second).body


def test_a_line_that_is_kept_on_an_html_page_stands_in_its_place(curator: User) -> None:
    paragraphs = [text for text in STORY.format(extra="", number="").split("\n\n") if text.strip()]
    inside = "".join(f"<p>{text}</p>" for text in paragraphs[2:])
    html = f"<html><body><nav>Late word from the quay</nav><h1>{paragraphs[0]}</h1><article>{inside}</article></body></html>"
    page = page_from_bytes(
        html.encode(), name="a.html", media_type="text/html", url="https://meridianpost.example/h"
    )
    assert isinstance(page, RawPage)
    article = Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)
    assert "Late word" not in article.body
    ruling = mark_line(article, line_number=1, label="body", by=curator)
    assert fresh(article).body.startswith("Late word from the quay\n\n")
    undo_line(ruling, by=curator)
    assert fresh(article).body == article.body
