"""Names in the page of results: actors and their spellings, offices, facets that go by names."""

from __future__ import annotations

from datetime import date

import pytest

from articles.models import Actor, Article, Role, Status
from articles.search.page import SearchPage
from articles.search.pending import drain
from tests.factories import (
    make_actor,
    make_article,
    make_mention,
    make_place_mention,
    make_quote,
)
from tests.search.seen import see, values

pytestmark = pytest.mark.usefixtures("index")


class TestActors:
    def test_a_merged_actor_stands_for_the_one_it_went_into(self) -> None:
        kept = make_actor("Kofi Annan")
        merged = make_actor("K. Annan", merged_into=kept)
        article = make_article()
        make_mention(article, merged)
        drain()
        page = see(f"?actor={merged.pk}")

        assert values(page, "person") == {str(kept.pk): 1}
        assert page.request.url == f"?actor={kept.pk}-kofi-annan"
        assert page.chips[0].label == "Kofi Annan"

    def test_what_a_curator_ruled_no_actor_is_in_no_facet(self) -> None:
        article = make_article()
        make_mention(article, make_actor("Skip to content", hidden=True))
        drain()

        assert values(see(), "person") == {}

    def test_an_unknown_actor_finds_nothing_and_says_so(self) -> None:
        make_article()
        drain()
        page = see("?actor=999")

        assert page.total == 0
        assert "no actor number 999" in page.diagnostics[0].message
        assert page.chips[0].remove_url == "?"

    def test_people_and_states_narrow_each_other(self) -> None:
        person, other, state = make_actor("Annan"), make_actor("Lavrov"), make_actor("Syria", "state")
        both, one = make_article(), make_article()
        make_mention(both, person)
        make_mention(both, state)
        make_mention(one, other)
        drain()

        assert see(f"?actor={person.pk}&actor={other.pk}").total == 2
        assert see(f"?actor={person.pk}&actor={state.pk}").total == 1
        assert see(f"?actor={other.pk}&actor={state.pk}").total == 0
        assert see(f"?actor=-{person.pk}").total == 1


class TestSpellings:
    """A name finds its actor in every spelling, tells which ones hit, and each can be switched off."""

    @pytest.fixture
    def sieda(self, index: None) -> Actor:
        actor = make_actor("Oren Vashti", aliases=["Orren Washti", "Vashti"])
        for surface, times in (("Oren Vashti", 3), ("Orren Washti", 2), ("Vashti", 1)):
            for _ in range(times):
                article = make_article(body=f"On Monday {surface} spoke to the council.")
                make_mention(article, actor, surface=surface, start=10, end=10 + len(surface))
        other = make_actor("Dana Vashti")
        make_mention(make_article(body="Dana Vashti was silent."), other)
        make_article(body="Nobody else was there.")
        drain()
        return actor

    @pytest.mark.parametrize("typed", ['actor:"Oren Vashti"', 'actor:"Orren Washti"', 'actor:"oren WASTI"'])
    def test_any_spelling_finds_all_of_them(self, sieda: Actor, typed: str) -> None:
        page = see(f"?q={typed}")
        assert page.total == 6
        [named] = page.actors
        assert named.actor == sieda
        assert {one.text: one.count for one in named.spellings} == {
            "Oren Vashti": 3,
            "Orren Washti": 2,
            "Vashti": 1,
        }

    def test_a_spelling_is_switched_off_and_on_again(self, sieda: Actor) -> None:
        page = see('?q=actor:"Oren Vashti"')
        [washti] = [one for one in page.actors[0].spellings if one.text == "Orren Washti"]
        without = see(washti.toggle_url)
        assert without.total == 4
        [washti] = [one for one in without.actors[0].spellings if not one.on]
        assert see(washti.toggle_url).total == 6

    def test_a_chosen_actor_s_spelling_is_switched_off(self, sieda: Actor) -> None:
        page = see(f"?actor={sieda.pk}")
        [vashti] = [one for one in page.actors[0].spellings if one.text == "Vashti"]
        assert see(vashti.toggle_url).total == 5

    def test_a_surname_means_everyone_who_bears_it(self, sieda: Actor) -> None:
        page = see("?q=actor:vashti")
        assert page.total == 7
        assert [named.actor.name for named in page.actors] == ["Oren Vashti", "Dana Vashti"]
        assert see(page.actors[1].url).total == 1

    def test_what_is_excluded_by_name_is_excluded_in_every_spelling(self, sieda: Actor) -> None:
        assert see('?q=-actor:"Orren Washti"').total == 2

    def test_a_name_of_many_says_so(self, sieda: Actor) -> None:
        for number in range(5):
            make_mention(make_article(), make_actor(f"Number{number} Vashti"))
        drain()
        page = see("?q=actor:vashti")
        assert len(page.actors) == 5
        assert page.diagnostics[0].message.startswith("actor:vashti means 7 actors, 5 of whom are listed.")

    def test_letters_come_before_sounds(self, sieda: Actor) -> None:
        make_actor("Vesht Union", "organisation")
        like = make_actor("Orin Vishta")
        make_mention(make_article(body="Orin Vishta slept."), like)
        drain()
        assert see("?q=actor:vashti").total == 7
        assert {named.actor.name for named in see("?q=actor:vushta").actors} >= {"Orin Vishta", "Oren Vashti"}

    def test_an_unknown_name_is_said_to_be_unknown(self, sieda: Actor) -> None:
        page = see('?q=actor:"Percival Nobody"')
        assert page.total == 0
        assert 'no actor called "Percival Nobody"' in page.diagnostics[0].message

    def test_the_snippet_marks_the_spelling_that_the_article_uses(self, sieda: Actor) -> None:
        snippets = " ".join(hit.snippet for hit in see('?q=actor:"Oren Vashti"').hits)
        assert "<mark>Orren Washti</mark>" in snippets

    def test_a_facet_s_list_is_found_in_by_any_spelling(self, sieda: Actor) -> None:
        assert list(values(see("?find_person=orren+wasti"), "person")) == [str(sieda.pk)]
        assert len(values(see("?find_person=wasti"), "person")) == 2
        assert values(see("?find_person=percival"), "person") == {}

    def test_who_was_found_in_a_list_and_chosen_leaves_the_whole_list(self, sieda: Actor) -> None:
        [group] = [
            each for each in see("?find_person=orren+wasti&all=person").facets if each.name == "person"
        ]
        assert group.values[0].toggle_url == f"?actor={sieda.pk}-oren-vashti&all=person"
        assert group.values[0].exclude_url == f"?actor=-{sieda.pk}-oren-vashti&all=person"

    def test_a_merged_actor_s_spellings_are_those_of_what_it_became(self, sieda: Actor) -> None:
        late = make_actor("O. Vashtee", merged_into=sieda)
        make_mention(make_article(body="O. Vashtee left."), late)
        drain()
        assert see('?q=actor:"O. Vashtee"').total == 7


class TestOffices:
    """An office finds whoever held it on the day of the article."""

    @pytest.fixture
    def ministers(self, index: None) -> None:
        first, second = make_actor("Oren Vashti"), make_actor("Dana Reeve")
        for actor, start, end in (
            (first, date(2010, 1, 1), date(2012, 6, 30)),
            (second, date(2012, 7, 1), None),
        ):
            Role.objects.create(
                actor=actor,
                phrase="foreign minister of Russia",
                title="foreign minister",
                organisation="Russia",
                held_from=start,
                held_to=end,
            )
        for actor in (first, second):
            for day in (date(2012, 3, 1), date(2012, 9, 1), None):
                article = make_article(headline=f"{actor} on {day}", published=day)
                make_mention(article, actor)
        make_article(headline="Words", body="The foreign minister of Karrin spoke.")
        drain()

    @pytest.mark.parametrize(
        "office",
        ["foreign minister of Russia", "Russian foreign minister", "minister of foreign affairs of Russia"],
    )
    def test_it_finds_the_holder_of_the_day(self, ministers: None, office: str) -> None:
        page = see(f'?q=office:"{office}"')
        assert sorted(hit.article.headline for hit in page.hits) == [
            "Dana Reeve on 2012-09-01",
            "Oren Vashti on 2012-03-01",
        ]
        assert {named.actor.name for named in page.actors} == {"Oren Vashti", "Dana Reeve"}

    def test_it_can_be_excluded(self, ministers: None) -> None:
        assert see('?q=-office:"foreign minister of Russia"').total == 5

    def test_an_office_that_no_source_knows_is_sought_as_words(self, ministers: None) -> None:
        page = see('?q=office:"foreign minister of Karrin"')
        assert [hit.article.headline for hit in page.hits] == ["Words"]
        assert "No reference list says who held the office" in page.diagnostics[0].message


class TestFacetsThatGoByNames:
    """Places, agencies and speakers; and the status, which is the curators' matter."""

    @pytest.fixture
    def named(self, index: None) -> Article:
        article = make_article(dateline="NEW KARRIN", source_credits=["Northline Wire", "NWS"])
        make_place_mention(article, "Port Vessa")
        make_quote(article, "The envoys met", make_actor("Osanna Brekk"))
        make_article(status=Status.NEEDS_REVIEW)
        drain()
        return article

    @staticmethod
    def labels(page: SearchPage, facet: str) -> list[str]:
        return [value.label for group in page.facets if group.name == facet for value in group.values]

    def test_they_are_called_by_their_names(self, named: Article) -> None:
        page = see()

        assert self.labels(page, "place") == ["New Karrin", "Port Vessa"]
        assert self.labels(page, "source") == ["Northline Wire", "NWS"]
        assert self.labels(page, "speaker") == ["Osanna Brekk"]

    def test_they_narrow_and_are_left_out(self, named: Article) -> None:
        assert [hit.article for hit in see("?place=port-vessa&source=nws").hits] == [named]
        assert see("?place=-port-vessa").total == 1
        assert see("?place=port-karrin").total == 0
        [chip] = see("?place=port-vessa").chips
        assert chip.label == "Port Vessa"

    def test_a_merged_speaker_is_the_one_it_went_into(self, named: Article) -> None:
        brekk = Actor.objects.get()
        other = make_actor("O. Brekk", merged_into=brekk)

        page = see(f"?speaker={other.pk}")
        assert (page.total, page.request.url) == (1, f"?speaker={brekk.pk}-osanna-brekk")

    def test_a_list_is_cut_down_by_names_in_any_accents(self, named: Article) -> None:
        assert self.labels(see("?find_place=karrín"), "place") == ["New Karrin"]
        assert self.labels(see("?find_speaker=brek"), "speaker") == ["Osanna Brekk"]

    def test_the_status_is_for_curators(self, named: Article) -> None:
        assert "status" not in [group.name for group in see().facets]
        page = see("?status=needs_review")
        assert page.total == 2
        assert "Only curators" in page.diagnostics[0].message
        assert page.chips == ()

        assert sorted(self.labels(see(curator=True), "status")) == ["needs review", "new"]
        assert see("?status=needs_review", curator=True).total == 1
