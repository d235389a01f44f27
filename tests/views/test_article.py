"""The article page and the page as it came."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.ingest.parts import link_parts
from articles.models import (
    Actor,
    Article,
    Cleaning,
    FieldEvidence,
    PendingIndex,
    PlaceMention,
    Role,
    Ruling,
    Status,
)
from articles.models.ruling import Verdict
from articles.search.engines.ask import SearchUnavailable
from tests.factories import make_actor, make_article, make_mentions, make_page, make_place_mention, make_quote

See = Callable[..., str]
pytestmark = pytest.mark.django_db

BODY = "The envoys met. “We have a text,” Annan said.\n\nAnnan left."
PAGE = f"Skip to: Content\n\nTalks resume\nBy Ada Lund / July 2, 2012\n\n{BODY}"
LINES = [
    [1, "chrome", "A menu."],
    [2, "blank", ""],
    [3, "headline", "The first title."],
    [4, "byline", "Begins with By."],
    [5, "blank", ""],
    [6, "body", "Prose."],
    [7, "blank", ""],
    [8, "body", "Prose."],
]


@pytest.fixture
def article() -> Article:
    made = make_article(
        page=make_page(PAGE, name="talks.txt", url="https://meridian.example/talks"),
        headline="Talks resume",
        subtitle="After three weeks",
        body=BODY,
        outlet="The Meridian Post",
        published=date(2012, 7, 2),
        authors=["Ada Lund"],
        captions=[{"text": "Delegates on Monday.", "credit": "Jo Ferro/Northline"}],
    )
    annan = make_actor("Kofi Annan")
    make_mentions(made, annan, "Annan")
    make_quote(made, "We have a text", annan)
    Role.objects.create(actor=annan, article=made, phrase="UN envoy", title="envoy")
    Cleaning.objects.create(article=made, method="text 1", lines=LINES)
    FieldEvidence.objects.create(
        article=made,
        field="published",
        value={"from": "2012-07-02", "to": "2012-07-02", "precision": "day"},
        method="byline date",
        confidence=0.97,
        lines=[4],
    )
    return made


def test_it_shows_text_metadata_and_evidence(see: See, article: Article) -> None:
    html = see(article.get_absolute_url())

    assert "<title>Talks resume · Dateline</title>" in html
    assert '<p id="p2"' in html
    assert ">“We have a text,”</q>" in html
    assert html.count('class="actor person"') == 2
    assert "Delegates on Monday." in html
    assert '<time datetime="2012-07-02">2 July 2012</time>' in html
    assert "Byline date" in html
    assert "certain (97 %)" in html
    assert f'{article.get_absolute_url()}raw/#L4">Line 4</a>' in html
    assert "By Ada Lund / July 2, 2012" in html
    assert "1 of 5 lines left out" in html
    assert "UN envoy" in html


def test_each_kind_of_mark_in_the_text_has_a_switch(see: See, article: Article) -> None:
    make_place_mention(article, "Geneva")
    spots = [["headline", 0, 0, 5], ["body", 0, 0, 4]]
    PlaceMention.objects.filter(article=article).update(spots=spots)
    html = see(article.get_absolute_url())
    switches = re.findall(r'data-mark="(\w+)"', html)

    assert switches == ["person", "place", "quote"]
    assert html.count('<a class="actor place" href="/search/?place=geneva"') == 1
    assert "data-mark" not in see(make_article().get_absolute_url())


def test_on_paper_it_tells_what_to_cite(see: See, article: Article) -> None:
    html = see(article.get_absolute_url())
    filed = html[html.index('<footer class="filed">') : html.index("</article>")]

    assert "“Talks resume”" in filed
    assert "2 July 2012" in filed
    assert f"http://testserver{article.get_absolute_url()}" in filed
    assert article.page.sha256 in filed


def test_what_is_not_known_is_said_to_be_unknown(see: See) -> None:
    html = see(make_article().get_absolute_url())

    assert "Outlet unknown" in html
    assert "undated" in html


def test_the_capture_day_is_shown_as_what_it_is(see: See) -> None:
    page = make_page(captured_at=datetime(2015, 3, 9, tzinfo=UTC))
    html = see(make_article(page=page).get_absolute_url())

    assert "9 March 2015" in html
    assert "never taken for its date" in html


def test_a_correction_names_who_when_and_why(see: See, article: Article, admin_user: User) -> None:
    Ruling.objects.create(
        verdict=Verdict.FIELD,
        page=article.page,
        field="published",
        value={"from": "2012-07-03", "to": "2012-07-03", "precision": "day"},
        reason="The print edition says so.",
        made_by=admin_user,
        made_by_name="ada",
    )
    article.set_field("published", {"from": "2012-07-03", "to": "2012-07-03", "precision": "day"})
    article.save()
    html = see(article.get_absolute_url())

    assert "Set by ada on" in html
    assert "The print edition says so." in html
    assert "The machine had read: 2 July 2012." in html


def test_words_of_the_search_are_marked_and_the_way_back_is_kept(see: See, article: Article) -> None:
    html = see(article.get_absolute_url(), q="annan", outlet="3-the-meridian-post")

    assert html.count("<mark>Annan</mark>") == 2
    assert ">2 hits here</a>" in html
    assert 'href="/search/?q=annan&amp;outlet=3-the-meridian-post"' in html


def test_hits_are_counted_by_term_and_lead_to_each_other(see: See, article: Article) -> None:
    html = see(article.get_absolute_url(), q="annan monday text talks")

    assert re.search(r'href="#hit-1" data-key="n">5 hits here</a>', html)
    assert re.search(r'href="#hit-4"><span[^>]*>First of </span>annan</a> 2', html)
    assert [html.index(f'id="hit-{number}"') for number in range(1, 6)] == sorted(
        html.index(f'id="hit-{number}"') for number in range(1, 6)
    )
    assert "<mark>Talks</mark> resume" in html
    assert "on <span" in html, "the caption's hit is marked"
    assert "lies outside it" in see(article.get_absolute_url(), q="outlet:meridian")


def test_the_results_beside_it_are_a_step_away(see: See) -> None:
    made = [
        make_article(headline=f"Talks {number}", published=date(2012, 7, number)) for number in range(1, 13)
    ]
    html = see(made[9].get_absolute_url(), q="talks", sort="oldest", size="10", at="10")

    assert "Result 10 of 12" in html
    query = "?q=talks&amp;sort=oldest&amp;size=10"
    assert f'href="{made[8].get_absolute_url()}{query}&amp;at=9"' in html
    assert f'href="{made[10].get_absolute_url()}{query}&amp;page=2&amp;at=11"' in html
    assert f'href="/search/{query}#result-10"' in html
    assert 'id="result-10"' in see("/search/", q="talks", sort="oldest", size="10")


def test_it_says_when_the_archive_has_changed_under_the_search(see: See) -> None:
    made = [
        make_article(headline=f"Talks {number}", published=date(2012, 7, number)) for number in range(1, 4)
    ]
    address = {"q": "talks", "sort": "oldest", "at": "2"}
    make_article(headline="Talks before", published=date(2012, 6, 1))
    moved = see(made[1].get_absolute_url(), **address)

    assert "Result 3 of 4: the archive has changed" in moved
    Article.objects.filter(pk=made[1].pk).update(headline="Nothing")
    PendingIndex.objects.queue([made[1].pk])
    gone = see(made[1].get_absolute_url(), **address)

    assert "no longer among the results of this search" in gone
    assert f"{made[0].get_absolute_url()}?q=talks&amp;sort=oldest&amp;at=2" in gone


def test_an_article_is_shown_though_the_search_is_out_of_order(client: Client, article: Article) -> None:
    with patch(
        "articles.search.results_around.backend", side_effect=SearchUnavailable("Broken.", "Mend it.")
    ):
        response = client.get(article.get_absolute_url(), {"q": "annan", "at": "1"})

    assert response.status_code == 200
    assert "Result 1" not in response.content.decode()


def test_a_part_of_an_article_leads_to_the_other_part(see: See) -> None:
    parts = [
        make_article(
            headline="A long read on the small ports of Vessa",
            outlet="Vessa Herald",
            page_number=number,
            page_count=2,
            body=body,
        )
        for number, body in (
            (1, "The ferry left at seven with nine aboard."),
            (2, "It came back empty at noon."),
        )
    ]
    for part in parts:
        link_parts(part)
    html = see(parts[1].get_absolute_url())

    assert "page 2 of 2 of a longer article" in html
    assert f'<a href="{parts[0].get_absolute_url()}">Read page 1</a>' in html
    assert "does not hold the rest" in see(make_article(page_number=1, page_count=3).get_absolute_url())


def test_a_hidden_article_is_there_for_staff_only(
    client: Client, admin_client: Client, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(status=Status.HIDDEN)

    assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get(f"{article.get_absolute_url()}raw/").status_code == 404
    for address in (article.get_absolute_url(), f"{article.get_absolute_url()}raw/"):
        assert admin_client.get(address).status_code == 200
    assert "Hidden: a curator" in admin_client.get(article.get_absolute_url()).content.decode()


def test_an_actor_that_was_merged_leads_to_its_successor_and_a_hidden_one_nowhere(see: See) -> None:
    made = make_article(body="Sieda met Seda and Moscow.")
    kept = make_actor("Abdulbaset Sieda")
    make_mentions(made, make_actor("Abdel Seda", merged_into=kept), "Seda")
    make_mentions(made, make_actor("Moscow", "state", hidden=True))
    html = see(made.get_absolute_url())

    assert f'href="{kept.get_absolute_url()}" title="Abdulbaset Sieda, person">Seda</a>' in html
    assert ">Moscow</a>" not in html


def test_as_it_came_shows_every_line_with_its_label_and_reason(see: See, article: Article) -> None:
    html = see(f"{article.get_absolute_url()}raw/")

    assert "4 lines kept, 1 removed" in html
    assert "<del>Skip to: Content</del>" in html
    assert "not the article" in html
    assert "A menu." in html
    assert html.count('<tr id="L') == 8


def test_an_html_page_is_shown_by_the_lines_it_shows_and_as_source(see: See) -> None:
    page = make_page(
        "<html><body><p>Menu</p><h1>Talks</h1><script>alert(1)</script><p>They met.</p></body></html>",
        media_type="text/html",
    )
    made = make_article(page=page)
    labels = [[1, "chrome", "A menu."], [2, "headline", "A title."], [3, "body", "Prose."]]
    Cleaning.objects.create(article=made, method="html 1", lines=labels)
    html = see(f"{made.get_absolute_url()}raw/")

    assert "<del>Menu</del>" in html
    assert (
        '<tr id="L3"><th scope="row" class="number"><a href="#L3">3</a></th><td class="source" dir="auto">They met.'
        in html
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_an_empty_html_page_has_no_lines(see: See) -> None:
    made = make_article(page=make_page(" ", media_type="text/html"))

    assert "The page is empty." in see(f"{made.get_absolute_url()}raw/")


def test_readers_are_not_told_where_a_file_lay(client: Client, admin_client: Client) -> None:
    address = make_article(page=make_page(name="/srv/secret/folder/page.txt")).get_absolute_url()

    assert "/srv/secret" not in client.get(address).content.decode()
    assert "page.txt" in client.get(address).content.decode()
    assert "/srv/secret/folder/page.txt" in admin_client.get(address).content.decode()


def test_a_page_that_was_never_labelled_is_shown_all_the_same(see: See) -> None:
    made = make_article(page=make_page("one\ntwo"))

    assert "2 lines kept, 0 removed" in see(f"{made.get_absolute_url()}raw/")


def test_an_article_without_text_says_so(see: See) -> None:
    assert "No text was found in this page." in see(make_article(body="", headline="").get_absolute_url())


@pytest.mark.parametrize("odd", ["\0", "(" * 500, '"', "NOT", "*", "a*", "é" * 5000, "actor:", "<b>", "٣"])
def test_no_query_is_an_error(see: See, article: Article, odd: str) -> None:
    see(article.get_absolute_url(), q=odd, page=odd, outlet=odd)
    see(f"{article.get_absolute_url()}raw/", q=odd)


def test_no_article_is_a_page_that_helps(client: Client) -> None:
    response = client.get("/articles/aaaaaaaaaaaa/")

    assert response.status_code == 404
    assert "There is no such page here" in response.content.decode()


@pytest.mark.parametrize(("part", "most"), [("", 13), ("raw/", 3)])
def test_it_asks_the_database_few_questions(
    client: Client, article: Article, part: str, most: int, django_assert_max_num_queries: Callable
) -> None:
    for number in range(30):
        make_mentions(article, make_actor(f"Actor {number}"), "Annan")
    with django_assert_max_num_queries(most):
        client.get(f"{article.get_absolute_url()}{part}")


def test_a_chosen_actor_s_mentions_are_hits(client: Client) -> None:
    actor = make_actor("Oren Vashti", aliases=["Vashti"])
    article = make_article(body="Oren Vashti spoke. Then Vashti left.")
    make_mentions(article, actor)
    make_mentions(article, actor, "Vashti")
    html = client.get(article.get_absolute_url(), {"actor": str(actor.pk)}).content.decode()
    assert html.count("<mark>") == 2
    assert html.count("<mark>Vashti</mark>") == 1


def test_an_actor_s_office_is_that_of_the_day(client: Client) -> None:
    actor = make_actor("Oren Vashti")
    for phrase, first, last in (
        ("envoy", date(2010, 1, 1), date(2011, 12, 31)),
        ("foreign minister of Vessa", date(2012, 1, 1), None),
        ("prime minister of Vessa", date(2012, 7, 3), None),
    ):
        Role.objects.create(actor=actor, phrase=phrase, title=phrase, held_from=first, held_to=last)
    article = make_article(body="Oren Vashti spoke.", published=date(2012, 7, 2))
    undated = make_article(body="Oren Vashti spoke.")
    for one in (article, undated):
        make_mentions(one, actor)
    html = client.get(article.get_absolute_url()).content.decode()

    assert "foreign minister of Vessa <" in html
    assert "envoy <" not in html
    assert "prime minister" not in html
    assert "at that time" not in client.get(undated.get_absolute_url()).content.decode()


def test_articles_like_it_are_listed_with_what_they_share(see: See, article: Article) -> None:
    other = make_article(
        headline="Annan <waits>", body="A text, Annan said.", published=date(2012, 8, 1), outlet="The Tide"
    )
    make_mentions(other, Actor.objects.get(name="Kofi Annan"), "Annan")
    make_article(headline="Annan in secret", body=BODY, status=Status.HIDDEN)
    for number in range(4):
        make_article(headline=f"Bread {number}", body="It was dear.")
    html = see(article.get_absolute_url())
    [listed] = re.findall(r'<section aria-labelledby="more-like-this">.*?</section>', html, re.DOTALL)

    assert f'<a href="{other.get_absolute_url()}" dir="auto">Annan &lt;waits&gt;</a>' in listed
    assert "The Tide, 1 August 2012. Shares: Kofi Annan, " in listed
    assert "in secret" not in listed
    assert "All articles like this one" not in listed
    assert "More like this" not in see(make_article(headline="Zyx", body="Qwv.").get_absolute_url())


def test_more_than_are_listed_are_one_search_away(see: See, article: Article) -> None:
    for number in range(7):
        make_article(headline=f"Envoys {number}", body="We have a text, Annan said.")
    for number in range(8):
        make_article(headline=f"Bread {number}", body="It was dear.")
    html = see(article.get_absolute_url())

    assert html.count(". Shares: ") == 5
    assert f'<a href="/search/?q=like%3A{article.permanent_id}">All articles like this one</a>' in html
    assert "<b>7 articles</b> of 16" in see("/search/", q=f"like:{article.permanent_id}")


def test_an_article_is_shown_without_those_like_it_when_the_search_is_down(
    see: See, article: Article
) -> None:
    with patch("articles.search.more_like.backend", side_effect=SearchUnavailable("Broken.", "Mend it.")):
        html = see(article.get_absolute_url())

    assert "Talks resume" in html
    assert "More like this" not in html
