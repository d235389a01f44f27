"""The pages of stories, their list, and how two versions differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from articles.ingest import link_copies
from articles.models import Article, Status, Story
from articles.views import comparison
from articles.views.story import compare_url, other_versions, parts_of
from tests.factories import make_article

See = Callable[..., str]
pytestmark = pytest.mark.django_db

SENTENCES = [
    "The envoy Ilmar Tessedin went back to the harbour on Monday and said that the truce held in name.",
    "Osanna Brekk told reporters at the quay that her government had never left the room at all.",
    "The ministry gave no figures for the losses in the port during the two nights of shelling.",
    "Members of the council were not invited, and its head called the meeting a mere performance.",
    "Two hundred and fifty observers were promised in the spring and none of them has arrived yet.",
    "The talks are to run until Thursday, when both of the delegations return to their capitals.",
]
BODY = " ".join(SENTENCES)


def linked(body: str = BODY, **fields: Any) -> Article:
    article = make_article(body=body, **{"published": date(2012, 5, 14), **fields})
    link_copies(article)
    return article


@pytest.fixture
def pair() -> tuple[Article, Article]:
    first = linked(headline="Talks resume", outlet="Northline Wire")
    changed = BODY.replace("Thursday", "Friday") + " Nobody spoke of the hostages."
    second = linked(
        changed,
        headline="Envoy back at the harbour",
        outlet="Karrin Daily",
        published=date(2012, 5, 15),
        source_credits=["Northline Wire", "Karrin Daily"],
    )
    return first, Article.objects.get(pk=second.pk)


def story_of(article: Article) -> Story:
    story = Article.objects.get(pk=article.pk).story
    assert story is not None
    return story


def test_a_story_shows_versions_outlets_agencies_and_which_came_first(
    see: See, pair: tuple[Article, Article]
) -> None:
    html = see(story_of(pair[0]).get_absolute_url())

    assert "<title>Story: Talks resume · Dateline</title>" in html
    assert "2 versions in 2 outlets" in html
    assert html.count("<strong>Published first</strong>") == 1
    assert html.index("Talks resume</a>") < html.index("Envoy back at the harbour</a>")
    assert "It was published by 2012-05-14, every other dated one later." in html
    assert '<dd dir="auto">Northline Wire</dd>' in html
    assert html.count("Others credit this outlet") == 1
    assert f'href="{compare_url(*pair)}">Compare with the first' in html


def test_where_dates_overlap_each_may_have_been_the_first(see: See) -> None:
    linked(outlet="Northline Wire")
    second = linked(outlet="Karrin Daily")
    html = see(story_of(second).get_absolute_url())

    assert "Not decided" in html
    assert "The dates of 2 overlap" in html
    assert html.count("May have been the first") == 2
    assert "Compare with the one listed first" in html


def test_the_list_has_stories_of_several_outlets_in_either_order(
    see: See, pair: tuple[Article, Article]
) -> None:
    other = (
        " ".join(f"{sentence} Indeed." for sentence in reversed(SENTENCES))
        .replace("the", "a")
        .replace("of", "from")
    )
    for outlet in ("Northline Wire", "Karrin Daily", "Vessa Herald"):
        linked(other, headline="An older one", outlet=outlet, published=date(2011, 1, 1))
    once = "A ferry left its berth with forty goats and one customs officer aboard, and nobody at the quay waved at all."
    for _ in range(2):
        linked(once, headline="In one outlet", outlet="Northline Wire")
    html = see("/stories/")

    assert "2 stories ran in more than one outlet" in html
    assert html.index("An older one") < html.index("Talks resume")
    assert "In one outlet" not in html
    assert "Vessa Herald" in html
    latest = see("/stories/", sort="latest")
    assert latest.index("Talks resume") < latest.index("An older one")
    assert latest.count('aria-current="true"') == 1


def test_an_empty_list_says_so(see: See) -> None:
    assert "No story in the archive ran" in see("/stories/")


def test_two_versions_sentence_by_sentence(see: See, pair: tuple[Article, Article]) -> None:
    html = see(compare_url(*pair))

    assert "2 sentences differ, 5 are the same" in html
    assert "1 changed, 0 only in the first text, 1 only in the second." in html
    assert "<del>Thursday</del>" in html
    assert "<ins>Friday</ins>" in html
    assert "Changed: in the first text" in html
    assert "Only in the second text" in html
    assert "<ins>Nobody spoke of the hostages.</ins>" in html
    assert "<summary>5 sentences the same in both</summary>" in html
    assert "nearly the same text" in html
    assert f'href="{compare_url(pair[1], pair[0])}">Turn the order round' in html
    turned = see(compare_url(pair[1], pair[0]))
    assert "<del>Nobody spoke of the hostages.</del>" in turned
    assert "Only in the first text" in turned


def test_two_that_share_nothing_and_two_that_are_the_same(see: See) -> None:
    one, other = linked(), linked("Nothing else happened on that day in the whole of the province.")
    assert "does not take these two for copies" in see(compare_url(one, other))
    same = linked()
    assert "Every sentence is the same." in see(compare_url(one, same))
    empty = [linked(""), linked("")]
    assert "Neither page has any text." in see(compare_url(*empty))


def test_texts_too_long_are_not_compared(
    see: See, pair: tuple[Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "LONGEST_COMPARED", 100)

    assert "too long to be compared" in see(compare_url(*pair))
    found = other_versions(pair[1])
    assert found is not None
    assert found.versions[0].differing is None


def test_an_article_compared_with_itself_is_the_article(
    client: Client, pair: tuple[Article, Article]
) -> None:
    response = client.get(compare_url(pair[0], pair[0]))

    assert response.status_code == 302
    assert response["Location"] == pair[0].get_absolute_url()


def test_what_a_curator_hid_is_there_for_staff_only(
    client: Client, admin_client: Client, see: See, pair: tuple[Article, Article]
) -> None:
    story = story_of(pair[0])
    Article.objects.filter(pk=pair[0].pk).update(status=Status.HIDDEN)
    html = see(story.get_absolute_url())

    assert "Talks resume" not in html
    assert "1 version in 1 outlet" in html
    assert client.get(compare_url(*pair)).status_code == 404
    assert other_versions(pair[1]) is None
    for address in (story.get_absolute_url(), compare_url(*pair)):
        assert "hidden from readers" in admin_client.get(address).content.decode()
    Article.objects.update(status=Status.HIDDEN)
    assert client.get(story.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "address", ["/stories/4/", "/stories/99999999999999999999/", "/articles/a/compare/b/", "/stories/?page=x"]
)
def test_what_is_not_there_is_no_error(client: Client, address: str) -> None:
    assert client.get(address).status_code == (200 if "page" in address else 404)


def test_the_margin_of_an_article(pair: tuple[Article, Article]) -> None:
    found = other_versions(pair[1])
    html = render_to_string("stories/_other_versions.html", {"other_versions": found})

    assert "Northline Wire, 14 May 2012</a>" in html
    assert "Published first." in html
    assert f'href="{compare_url(pair[1], pair[0])}">2 sentences differ' in html
    assert f'href="{story_of(pair[0]).get_absolute_url()}"' in html
    assert render_to_string("stories/_other_versions.html", {"other_versions": None}).strip() == ""
    assert other_versions(make_article()) is None


def test_the_margin_shows_a_few_and_leads_to_the_rest() -> None:
    articles = [linked(outlet=f"Outlet {number}") for number in range(9)]
    found = other_versions(Article.objects.get(pk=articles[0].pk))
    html = render_to_string("stories/_other_versions.html", {"other_versions": found})

    assert found is not None
    assert (len(found.versions), found.more) == (6, 2)
    assert html.count("The same text") == 6
    assert "2 more, and which came first" in html


def test_the_pages_of_an_article_in_reading_order() -> None:
    made = [
        linked(
            f"Page {number} {number * 7}",
            headline="A long read on the strait",
            page_number=number,
            page_count=3,
        )
        for number in (2, 3, 1)
    ]
    parts = parts_of(made[0])
    html = render_to_string("stories/_other_parts.html", {"parts": parts, "article": made[0]})

    assert [part.page_number for part in parts] == [1, 2, 3]
    assert "Page 2, this one" in html
    assert html.index("Page 1") < html.index("Page 2") < html.index("Page 3")
    assert parts_of(make_article()) == []


@pytest.mark.parametrize(("address", "most"), [("story", 9), ("stories", 5), ("compare", 4)])
def test_it_asks_the_database_few_questions(
    client: Client,
    pair: tuple[Article, Article],
    address: str,
    most: int,
    django_assert_max_num_queries: Callable,
) -> None:
    for number in range(12):
        linked(outlet=f"Outlet {number}")
    addresses = {
        "story": story_of(pair[0]).get_absolute_url(),
        "stories": "/stories/",
        "compare": compare_url(*pair),
    }
    with django_assert_max_num_queries(most):
        assert client.get(addresses[address]).status_code == 200


def test_what_a_page_brings_along_is_shown_as_text(see: See, rf: RequestFactory) -> None:
    evil = "<script>alert(1)</script>"
    one = linked(f"{BODY} {evil}", headline=evil, outlet=evil, source_credits=[evil])
    other = linked(f"{BODY} And {evil} again.", headline=evil, outlet="Karrin Daily")
    for address in ("/stories/", story_of(one).get_absolute_url(), compare_url(one, other)):
        html = see(address)
        assert "alert(1)" in html
        assert "<script>alert" not in html
