"""The search page: what it shows of a SearchPage, and that its address is all it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from unittest.mock import patch

import pytest
from django.test import Client

from articles.models import Actor, Article, PendingIndex, Role, Status, Story
from articles.search.engines.ask import SearchUnavailable
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.views.search import parameters_without
from tests.factories import make_actor, make_article, make_mentions

See = Callable[..., str]
pytestmark = pytest.mark.django_db

PARAMETERS = [
    "q",
    "outlet",
    "actor",
    "year",
    "month",
    "language",
    "from",
    "to",
    "sort",
    "count",
    "page",
    "size",
    "show",
    "bars",
    "mode",
    "speaker",
    "place",
    "source",
    "status",
    "all",
    "x",
]
ODD = ["\0", "(" * 200, '"', "AND OR NOT", "-" * 50, "é" * 3000, "*", "actor:", "12-", "-", "0", "9" * 40]


@pytest.fixture
def annan() -> Actor:
    actor = make_actor("Kofi Annan")
    for number, day in enumerate((date(2012, 7, 2), date(2012, 7, 9), date(2013, 1, 1)), start=1):
        article = make_article(
            headline=f"Talks {number}", body="Kofi Annan spoke.", outlet="Vessa Herald", published=day
        )
        make_mentions(article, actor)
    make_mentions(make_article(headline="Some day", body="Kofi Annan was silent."), actor)
    make_article(headline="Something else", body="Fishing fleets turned back.", outlet="Karrin Daily")
    return actor


def link_to(html: str, facet: str, label: str) -> str:
    """Return where a facet's value leads."""
    found = re.search(rf'href="([^"]*)"[^>]*data-facet="{facet}"[^>]*>{label}<', html)
    assert found, (facet, label)
    return "/search/" + unescape(found[1])


def total(html: str) -> int:
    """Return the number of articles that a page says it found."""
    found = re.search(r'class="total"[^>]*><b>([\d,]+) article', html)
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.usefixtures("annan")
def test_it_shows_results_with_their_outlet_date_passage_and_actors(see: See) -> None:
    html = see("/search/", q="annan")

    assert "<b>4 articles</b> of 5 in the archive" in html
    assert "Kofi <mark>Annan</mark> spoke." in html
    assert '<time datetime="2012-07-02">2 July 2012</time>' in html
    assert '<span class="doubt">undated</span>' in html
    assert "Vessa Herald</a>" in html
    assert "?q=annan" in html
    assert "<title>annan · Search · Dateline</title>" in html


@pytest.mark.usefixtures("annan")
def test_narrowing_goes_by_links_alone(see: See) -> None:
    html = see("/search/", q="annan")
    for facet, label, number in (
        ("outlet", "Vessa Herald", 3),
        ("year", "2012", 2),
        ("person", "Kofi Annan", 2),
    ):
        html = see(link_to(html, facet, label))

        assert total(html) == number
        assert 'aria-current="true"' in html
    assert html.count('<li class="chip') == 4
    assert "Clear all" in html


@pytest.mark.usefixtures("annan")
def test_a_range_of_dates_says_what_it_leaves_out(see: See) -> None:
    html = see("/search/", q="annan", **{"from": "2012-07", "to": "2012"})

    assert "<b>2 articles</b> of 5 in the archive; 1 more matches but carries no date." in html
    assert 'value="2012-07"' in html
    assert "Show it</a>" in html


@pytest.mark.usefixtures("annan")
def test_leaving_out_a_value_is_one_link(see: See) -> None:
    html = see("/search/", q="annan")
    found = re.search(r'href="([^"]*)" title="Leave out" aria-label="Leave out Vessa Herald"', html)
    assert found
    html = see("/search/" + unescape(found[1]))

    assert total(html) == 1
    assert '<li class="chip excluded">' in html
    assert '<li class="off">' in html


@pytest.mark.usefixtures("annan")
def test_the_forms_keep_the_rest_of_the_search(see: See) -> None:
    html = see("/search/", q="annan", year="2012", sort="newest")

    assert html.count('<input type="hidden" name="year" value="2012">') == 2
    assert html.count('<input type="hidden" name="sort" value="newest">') == 2
    assert html.count('<input type="hidden" name="q" value="annan">') == 1


@pytest.mark.usefixtures("annan")
def test_a_misspelled_query_is_offered_put_right_and_never_replaced(see: See) -> None:
    html = see("/search/", q='"kofi anann"', year="2012")
    found = re.search(r'Did you mean <a href="([^"]*)"><b>&quot;kofi annan&quot;</b></a>\?', html)
    assert found
    assert total(html) == 0
    html = see("/search/" + unescape(found[1]))
    assert total(html) == 2
    assert "Did you mean" not in html


def test_hidden_inputs_leave_out_what_the_form_sets_and_the_page() -> None:
    request = SearchRequest.from_query_string("?q=a&year=2012&year=-2013&from=2012&page=3")

    assert parameters_without(request, "q") == [("year", "2012"), ("year", "-2013"), ("from", "2012")]


@pytest.mark.usefixtures("annan")
def test_orders_are_links(see: See) -> None:
    html = see("/search/", q="talks", sort="oldest")

    assert html.index("<mark>Talks</mark> 1") < html.index("<mark>Talks</mark> 2")
    assert '"?q=talks&amp;sort=newest"' in html
    assert 'aria-current="true">oldest' in html


@pytest.mark.usefixtures("annan")
def test_results_are_counted_by_article_or_by_story(see: See) -> None:
    story = Story.objects.create()
    for headline in ("Truce holds", "Truce holds again", "Truce still holds"):
        make_article(headline=headline, body="A truce.", story=story)
    articles = see("/search/", q="truce OR fishing")

    assert "<b>4 articles</b>, telling 2 stories, of 8 in the archive" in articles
    assert "more version" not in articles
    found = re.search(r'<a href="([^"]*)">story</a>', articles)
    assert found
    stories = see("/search/" + unescape(found[1]))

    assert "<b>2 stories</b> (4 articles) of 6 in the archive" in stories
    assert f'<a href="{story.get_absolute_url()}">and 2 more versions</a>' in stories
    assert stories.count('<li class="hit"') == 2
    assert 'aria-current="true">story</a>' in stories
    assert '<a href="?q=truce+OR+fishing">article</a>' in stories
    assert '<input type="hidden" name="count" value="stories">' in stories


@pytest.mark.usefixtures("annan")
def test_the_chart_has_a_table_behind_it(see: See) -> None:
    html = see("/search/", q="annan")

    assert "July 2012: 2 of 2, 100\u202f%</title>" in html
    assert re.search(r'<th scope="row"><a href="\?q=annan&amp;month=2012-07">July 2012</a></th>', html)
    assert re.search(r'<th scope="row"><a href="\?q=annan&amp;month=undated">undated</a></th>', html)


@pytest.mark.usefixtures("annan")
def test_nothing_found_offers_ways_on(see: See) -> None:
    html = see("/search/", q="annan submarine")

    assert "Nothing matches" in html
    assert "Take away submarine" in html
    assert total(html) == 0


def test_an_empty_archive_is_said_to_be_empty(see: See) -> None:
    assert "The archive is empty." in see("/search/", q="annan")


@pytest.mark.usefixtures("annan")
def test_a_broken_query_is_explained_and_repaired(see: See) -> None:
    html = see("/search/", q='"kofi annan')

    assert "The quotation marks are not closed" in html
    assert "instead</a>" in html
    assert total(html) == 4


def test_pages_follow_each_other_and_end(see: See) -> None:
    for number in range(23):
        make_article(headline=f"Talks {number}")
    first, last = see("/search/", q="talks"), see("/search/", q="talks", page="999")

    assert "Page 1 of 2" in first
    assert 'rel="next" href="?q=talks&amp;page=2"' in first
    assert "Page 2 of 2" in last
    assert '<ol class="hits" start="21">' in last


@pytest.mark.usefixtures("annan")
def test_hidden_articles_are_found_by_staff_only(client: Client, admin_client: Client) -> None:
    make_article(headline="Secret talks", status=Status.HIDDEN)
    drain()

    assert "talks</a>" not in client.get("/search/?q=secret").content.decode()
    found = admin_client.get("/search/?q=secret").content.decode()
    assert "<mark>Secret</mark> talks" in found
    assert "hidden from readers" in found


@pytest.mark.usefixtures("annan")
@pytest.mark.parametrize("name", PARAMETERS)
def test_nothing_in_an_address_is_an_error(see: See, name: str) -> None:
    for odd in ODD:
        see("/search/", **{name: odd})


def test_an_index_out_of_order_is_explained_and_cured_by_staff(client: Client, admin_client: Client) -> None:
    fault = SearchUnavailable("The index is locked.", "Run manage.py rebuild_index.")
    with patch("articles.views.search.run", side_effect=fault):
        reader, staff = client.get("/search/"), admin_client.get("/search/")

    assert reader.status_code == staff.status_code == 503
    assert "The search cannot answer now" in reader.content.decode()
    assert "rebuild_index" not in reader.content.decode()
    assert "rebuild_index" in staff.content.decode()


def test_it_asks_the_database_few_questions(client: Client, django_assert_max_num_queries: Callable) -> None:
    for number in range(20):
        article = make_article(body="Kofi Annan spoke.", outlet=f"Outlet {number}")
        make_mentions(article, make_actor("Kofi Annan"))
    drain()
    with django_assert_max_num_queries(5):
        client.get("/search/?q=annan")


@pytest.mark.usefixtures("annan")
def test_the_help_page_s_examples_can_be_searched_for(see: See) -> None:
    sieda = make_actor("Abdulbaset Sieda")
    for name in ("Sergei Lavrov", "Nicolas Sarkozy"):
        make_actor(name)
    Role.objects.create(
        actor=sieda,
        phrase="foreign minister of Russia",
        title="foreign minister",
        organisation="Russia",
        held_from=date(2010, 1, 1),
    )
    html = see("/help/")
    examples = re.findall(r'href="(/search/\?q=[^"]*)"><code>', html)

    assert len(examples) > 8
    for address in examples:
        assert 'class="diagnostics"' not in see(unescape(address)), address


class TestWhatFiguresStandFor:
    """Numbers or shares, months or years, all words or any: choices in the address, offered without a script."""

    @pytest.fixture
    def years(self) -> None:
        for year, bodies in (
            (2011, ("Talks.", "Fishing.")),
            (2012, ("Talks.", "Talks.", "Fishing.", "Fleets.")),
        ):
            for month, body in enumerate(bodies, start=1):
                make_article(body=body, published=date(year, month, 3), outlet=f"Daily {year}")
        drain()

    def test_shares_are_of_what_the_archive_holds(self, years: None, see: See) -> None:
        html = see("/search/?q=talks&show=shares")

        assert '>Daily 2012</a> <span class="count">50\u202f%</span>' in html
        assert "January 2012: 1 of 1, 100\u202f%" in html
        assert "share of the archive’s articles of that time" in html
        assert "number of articles that match" in see("/search/?q=talks")

    def test_a_bar_for_each_year_leads_to_its_months_and_back(self, years: None, see: See) -> None:
        html = see("/search/?q=talks&bars=years")
        assert "<title>2012: 2 of 4, 50\u202f%</title>" in html
        assert "2011: 1 of 2" in html
        assert "Articles per year, as a table" in html

        year = see("/search/?q=talks&year=2012")
        assert "February 2012: 1 of 1" in year
        assert "2011: " not in year
        assert 'href="?q=talks&amp;bars=years">All years' in year

    def test_years_are_counted_by_story_too(self, years: None, see: See) -> None:
        story = Story.objects.create()
        for article in Article.objects.filter(body="Talks."):
            article.story = story
            article.save()
            PendingIndex.objects.queue([article.pk])
        drain()

        html = see("/search/?q=talks&bars=years&count=stories")
        assert "2012: 1 of 3" in html
        assert "Stories per year" in html

    def test_any_word_is_a_choice_of_the_form(self, years: None, see: See) -> None:
        html = see("/search/?q=talks+fishing&mode=any")

        assert '<option value="any" selected>any word</option>' in html
        form = html[html.index('role="search"') : html.index("</form>")]
        assert form.count('name="mode"') == 1
        for link in re.findall(r'href="(\?[^"]*)"', html):
            assert "mode=any" in link, link
        assert "<b>5 articles</b>" in html

    def test_sizes_are_offered_and_kept(self, years: None, see: See) -> None:
        html = see("/search/?q=talks&size=10")
        assert 'href="?q=talks&amp;size=50"' in html
        assert re.search(r'href="\?q=talks&amp;size=10" aria-current="true">10<', html)


@pytest.mark.usefixtures("annan")
def test_htmx_gets_the_part_and_the_address_of_what_it_shows(see: See, client: Client) -> None:
    whole = see("/search/", q="annan")
    part = client.get("/search/?q=annan&year=&page=7&mode=all", headers={"HX-Request": "true"})
    html = part.content.decode()

    assert part["HX-Push-Url"] == "/search/?q=annan"
    assert html.startswith("<title>annan · Search · Dateline</title>")
    assert "<body" not in html
    assert re.search(r'<form class="searchbox" id="searchbox"[^>]* hx-swap-oob="true">', html)
    found = re.search(r'<div id="found".*</ol>', html, re.DOTALL)
    assert found
    assert found[0] in whole
    assert "hx-swap-oob" not in whole


@pytest.mark.usefixtures("annan")
def test_history_and_browsers_get_the_whole_page_from_the_same_address(see: See, client: Client) -> None:
    whole = see("/search/", q="annan")
    restored = client.get(
        "/search/?q=annan", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    answers = [
        restored,
        client.get("/search/?q=annan"),
        client.get("/search/?q=annan", headers={"HX-Request": "true"}),
    ]

    assert restored.content.decode() == whole
    assert "HX-Push-Url" not in restored
    assert all("HX-Request" in answer["Vary"] for answer in answers)


def test_what_the_query_leaves_out_is_struck_through(see: See) -> None:
    assert "Take away without </span><s>annan</s>" in see("/search/", q="talks -annan")


def test_each_part_has_a_chip_that_says_as_what_it_was_chosen(see: See, annan: Actor) -> None:
    html = see(
        f"/search/?q=talks+-fishing&speaker={annan.pk}&actor=-{annan.pk}&off={annan.pk}-k-annan&from=2012"
    )
    chips = re.search(r'aria-label="What is asked for">(.*?)</ul>', html, re.DOTALL)
    assert chips
    words = [" ".join(re.sub("<[^>]*>", " ", one).split()) for one in chips[1].split("</li>")[:-1]]

    assert words == [
        "Take away talks ×",
        "Take away without fishing ×",
        "Take away without Kofi Annan ×",
        "Take away quoted Kofi Annan ×",
        "Take away without the spelling k annan ×",
        "Take away from 2012 ×",
    ]
    assert chips[1].count("<s>") == 3
    assert f"&amp;off={annan.pk}-k-annan" in chips[1]
