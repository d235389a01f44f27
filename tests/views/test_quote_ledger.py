"""The ledger of what an actor is quoted with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Actor, Quote, Status
from articles.views.actor_links import ledger_url
from tests.factories import make_actor, make_article, make_quote

See = Callable[..., str]
pytestmark = pytest.mark.django_db

WORDS = "We shall keep the harbour open for every ship"


@pytest.fixture
def vashti() -> Actor:
    actor = make_actor("Oren Vashti")

    def carried(headline: str, outlet: str, words: str, **fields: object) -> None:
        article = make_article(headline=headline, outlet=outlet, body=f"He said “{words}” then.", **fields)
        make_quote(article, words, actor)

    carried("Second", "The Tide", WORDS.replace("every", "each"), published=date(2012, 7, 4))
    carried("First", "Vessa Herald", WORDS, published=date(2012, 7, 2))
    carried("Other", "The Tide", "Nobody asked us before the vote was taken", published=date(2013, 1, 5))
    carried("Secret", "The Tide", WORDS, status=Status.HIDDEN)
    return actor


def ledger(actor: Actor) -> str:
    return reverse("actor_quotes", args=[actor.pk, "x"])


def test_each_wording_stands_once_with_its_first_carrier(see: See, vashti: Actor) -> None:
    html = see(ledger(vashti))

    assert "3 statements, in 2 wordings" in html
    assert html.index("Other") < html.index("First") < html.index("Second")
    assert "First carried here, then 1 more time" in html
    assert "Secret" not in html


def test_a_number_that_no_quote_has_is_passed_over(see: See, vashti: Actor) -> None:
    assert "3 statements, in 2 wordings" in see(ledger(vashti), quote="9" * 5000)


def test_overlapping_dates_leave_the_first_open(see: See, vashti: Actor) -> None:
    article = make_article(
        headline="Some day",
        body=f"“{WORDS}”",
        published=(date(2012, 7, 1), date(2012, 7, 31)),
        precision="month",
    )
    make_quote(article, WORDS, vashti)

    assert "Which came first cannot be told from the dates; also 2 more times" in see(ledger(vashti))


def test_it_is_narrowed_by_outlet_and_to_repeated_ones(see: See, vashti: Actor) -> None:
    assert "Other" not in see(ledger(vashti), outlet="vessa-herald")
    assert "Other" not in see(ledger(vashti), repeated="1")
    assert "2 wordings that The Tide carried" in see(ledger(vashti), outlet="the-tide")


def test_choices_add_up(see: See, vashti: Actor) -> None:
    html = see(ledger(vashti), outlet="vessa-herald", repeated="1")

    assert "1 wording that Vessa Herald carried, carried more than once" in html
    assert 'href="?outlet=vessa-herald&amp;repeated=1&amp;kind=direct"' in html
    assert f'href="{ledger(vashti)}">all' in html
    assert "Show everything" in see(ledger(vashti), outlet="vessa-herald", kind="reported")


def test_words_are_all_sought_in_the_quote(see: See, vashti: Actor) -> None:
    html = see(ledger(vashti), words="SHIP harbour")

    assert "1 wording with “SHIP harbour”" in html
    assert "Other" not in html
    assert "Nothing is left" in see(ledger(vashti), words="harbour vote")
    assert "Nothing is left" in see(ledger(vashti), words="harb")
    assert 'name="kind" value="direct"' in see(ledger(vashti), words="harbour", kind="direct")
    assert 'href="?words=harbour&amp;kind=reported"' in see(ledger(vashti), words="harbour")


def test_years_and_outlets_are_counted_among_what_else_is_asked(see: See, vashti: Actor) -> None:
    html = see(ledger(vashti), year="2012")
    assert "1 wording carried in 2012" in html
    assert '<option value="2013">2013 (1)</option>' in html
    assert '<option value="the-tide">The Tide (1)</option>' in html
    assert "1 wording that The Tide carried in 2013" in see(ledger(vashti), outlet="the-tide", year="2013")
    assert '<option value="the-tide">The Tide (2)</option>' in see(ledger(vashti), year="perhaps")


def test_a_quote_in_an_article_leads_to_itself_in_the_ledger_and_back(see: See, vashti: Actor) -> None:
    for number in range(25):
        article = make_article(
            body=f"“Number {number} speaks of {number} things”", published=date(2014, 1, 1)
        )
        make_quote(article, f"Number {number} speaks of {number} things", vashti)
    quote = Quote.objects.get(article__headline="First")
    html = see(quote.article.get_absolute_url())
    address = html.split('class="said" href="')[1].split('"')[0]

    assert f'<q id="q{quote.pk}">' in html
    assert address.endswith(f"?quote={quote.pk}#q{quote.pk}")
    shown = see(address.split("#")[0])
    assert f'id="q{quote.pk}"' in shown
    assert f'href="{quote.article.get_absolute_url()}#q{quote.pk}"' in shown
    assert f'id="q{quote.pk}"' not in see(ledger(vashti))


def test_a_repeat_is_unfolded_when_it_is_led_to(see: See, vashti: Actor) -> None:
    repeat = Quote.objects.get(article__headline="Second")
    assert '<details class="behind" open>' in see(ledger(vashti), quote=str(repeat.pk))
    assert '<details class="behind">' in see(ledger(vashti), quote="0")


def test_the_ledger_of_a_merged_actor_leads_on(client: Client, vashti: Actor) -> None:
    merged = make_actor("O. Vashti", merged_into=vashti)
    assert client.get(ledger(merged))["Location"] == ledger_url(vashti)


def test_an_outlet_is_not_named_twice_for_what_it_was_told(see: See, vashti: Actor) -> None:
    article = make_article(outlet="The Tide", body=f"“{WORDS}”")
    make_quote(article, WORDS, vashti, via="The Tide")
    make_quote(article, WORDS, vashti, via="Northline Wire")

    html = see(ledger(vashti))
    assert "through Northline Wire" in html
    assert "through The Tide" not in html


def test_an_actor_without_quotes_says_so(see: See) -> None:
    assert "No article in the archive quotes Ada Lund." in see(ledger(make_actor("Ada Lund")))


def test_it_asks_the_database_few_questions(
    see: See, vashti: Actor, django_assert_max_num_queries: Callable
) -> None:
    for number in range(20):
        article = make_article(outlet=f"Outlet {number}", body=f"“{WORDS}”")
        make_quote(article, WORDS, vashti)
    see(ledger(vashti))
    with django_assert_max_num_queries(8):
        see(ledger(vashti))


def test_reported_speech_is_told_from_quotes(see: See, vashti: Actor) -> None:
    article = make_article(body="He said that the boats would come back.", published=date(2014, 1, 1))
    make_quote(article, "the boats would come back", vashti, kind="reported")

    assert "reported, not quoted" in see(ledger(vashti))
    assert "the boats would" not in see(ledger(vashti), kind="direct")
    html = see(ledger(vashti), kind="reported")
    assert "1 wording, reported in other words" in html
    assert "“the boats" not in html
