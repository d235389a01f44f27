"""What the finder makes of whole sentences: lists, patterns and the tagger together."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.mentions import Kind, MentionFinder, Mentions


def named(found: Mentions) -> list[tuple[str, str]]:
    return [(name.surface, name.kind.value) for name in found.names]


def kinds(finder: MentionFinder, text: str) -> dict[str, str]:
    return dict(named(finder.find(text)))


class TestOffsets:
    def test_every_span_is_the_text_at_its_place(self, finder: MentionFinder) -> None:
        text = (
            "Mr.\u00a0Karstan\u00a0of the “Lake League” met Foreign Minister Bo Renn in Tessarine’s old port."
        )
        found = finder.find(text)
        assert all(text[span.start : span.end] == span.surface for span in (*found.names, *found.places))
        assert ("Karstan", "person") in named(found)

    def test_hard_spaces_change_nothing(self, finder: MentionFinder) -> None:
        text = "Foreign Minister Ivo Karstan told Corvid Wire that the Lake League would meet."
        assert kinds(finder, text) == {
            name.replace("\u00a0", " "): kind
            for name, kind in kinds(finder, text.replace(" ", "\u00a0")).items()
        }

    def test_an_empty_text_names_nobody(self, finder: MentionFinder) -> None:
        assert finder.find("") == Mentions((), (), ())

    def test_many_texts_keep_their_order(self, finder: MentionFinder) -> None:
        texts = ["Ivo Karstan spoke.", "", "The Lake League met."]
        assert [named(found) for found in finder.find_many(texts)] == [
            named(finder.find(text)) for text in texts
        ]


class TestPersons:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Mr. Karstan denied it.", "Karstan"),
            ("President-elect Bo Renn smiled.", "Bo Renn"),
            ("Deputy Foreign Minister Staffan de Vrell spoke.", "Staffan de Vrell"),
            ("Colonel Nasr ad-Dhoumi spoke.", "Nasr ad-Dhoumi"),
            ("A ship's cook called Bram Osler was freed.", "Bram Osler"),
            ("Secretary of State Ann Tull arrived.", "Ann Tull"),
        ],
    )
    def test_titles_stay_outside_and_make_a_person(self, finder: MentionFinder, text: str, name: str) -> None:
        assert (name, "person") in named(finder.find(text))

    def test_a_day_behind_a_title_is_nobody(self, finder: MentionFinder) -> None:
        assert kinds(finder, "The president Monday met the envoy Tuesday.") == {}

    def test_a_later_surname_is_found_and_is_a_person(self, finder: MentionFinder) -> None:
        text = "Khaled Marun leads the rebels.\n\nMarun said so. Critics of Marun disagree."
        assert [surface for surface, kind in named(finder.find(text)) if kind == "person"] == [
            "Khaled Marun",
            "Marun",
            "Marun",
        ]

    def test_a_name_after_its_role_and_a_comma_is_a_person(self, finder: MentionFinder) -> None:
        text = "The new head of the Lake League, Abdulbaset Marun, will visit Tessarine."
        assert kinds(finder, text)["Abdulbaset Marun"] == "person"

    def test_gender_comes_from_the_honorific_or_the_next_pronoun(self, finder: MentionFinder) -> None:
        text = "Ann Brell defends her government. Mr. Brell prints what it hides."
        assert [(n.surface, n.gender) for n in finder.find(text).names if n.kind is Kind.PERSON] == [
            ("Ann Brell", "f"),
            ("Brell", "m"),
        ]


class TestBodies:
    @pytest.mark.parametrize(
        ("text", "surface", "state"),
        [
            ("The Marovian Foreign Ministry said so.", "Marovian Foreign Ministry", "Marovia"),
            ("Tessarine's foreign ministry said so.", "Tessarine's foreign ministry", "Marovia"),
            ("The defence ministry in Vell said so.", "defence ministry in Vell", "Ostrana"),
            ("Marovia has replied. The Foreign Ministry said so.", "Foreign Ministry", "Marovia"),
            ("The Foreign Ministry said so.", "Foreign Ministry", None),
            (
                "Marovia has replied. In Vell, crowds stood before the Foreign Ministry.",
                "Foreign Ministry",
                "Ostrana",
            ),
        ],
    )
    def test_a_ministry_and_its_state(
        self, finder: MentionFinder, text: str, surface: str, state: str | None
    ) -> None:
        [ministry] = [name for name in finder.find(text).names if name.surface == surface]
        assert (ministry.kind, ministry.qualifier) == (Kind.ORGANISATION, state)

    def test_the_outlets_own_state_owns_a_bare_ministry(self, finder: MentionFinder) -> None:
        text = "Ostrana and Ostrana's allies met. Marovia waited. The Foreign Ministry said nothing."
        assert finder.home_of("The Tessarine Times") == finder.home_of("Corvid Wire") == "Marovia"
        [ministry] = [n for n in finder.find(text, home="Marovia").names if "Ministry" in n.surface]
        assert ministry.qualifier == "Marovia"

    def test_a_press_service_speaks_for_its_person(self, finder: MentionFinder) -> None:
        text = "President Ivo Karstan is ill. Karstan's press service denied it."
        assert kinds(finder, text)["Karstan's press service"] == "organisation"

    def test_an_acronym_holds_where_the_text_defines_it(self, finder: MentionFinder) -> None:
        text = "The Ostranian Valley Council (OVC) met. The OVC voted."
        found = finder.find(text)
        assert [(n.surface, n.method) for n in found.names] == [
            ("Ostranian Valley Council", "long name of an acronym"),
            ("OVC", "acronym defined"),
            ("OVC", "acronym"),
        ]
        assert (
            "OVC" not in kinds(finder, "The OVC voted.")
            or finder.find("The OVC voted.").names[0].method == "model"
        )

    def test_groups_and_armies_of_a_state(self, finder: MentionFinder) -> None:
        text = "A member of the Marovian opposition council spoke. The Marovian army denied it. The Marovian army spokesman left."
        assert [s for s, _ in named(finder.find(text))] == ["Marovian opposition council", "Marovian army"]

    def test_media_by_list_by_noun_and_by_ending(self, finder: MentionFinder) -> None:
        text = "Corvid Wire reported it. Kvartal newspaper denied it. The Brell Gazette printed both."
        assert kinds(finder, text) == {"Corvid Wire": "media", "Kvartal": "media", "Brell Gazette": "media"}

    def test_a_part_is_not_its_whole(self, finder: MentionFinder) -> None:
        text = "The Lake League Assembly met; the Lake League paid."
        assert [s for s, _ in named(finder.find(text))] == ["Lake League Assembly", "Lake League"]


class TestStates:
    def test_readings_part_states_from_places(self, finder: MentionFinder) -> None:
        found = finder.find("Marovia said the war in Ostrana must end. They met in Vell.")
        assert named(found) == [("Marovia", "state")]
        assert [(p.surface, p.state) for p in found.places] == [("Ostrana", "Ostrana"), ("Vell", "Ostrana")]

    def test_a_government_is_its_state(self, finder: MentionFinder) -> None:
        [name] = finder.find("The Marovian government resigned.").names
        assert (name.surface, name.kind, name.qualifier) == ("Marovian government", Kind.STATE, "Marovia")

    def test_a_demonym_alone_is_nobody(self, finder: MentionFinder) -> None:
        assert kinds(finder, "Marovian-style soup and Ostranian bread.") == {}

    def test_formal_names_are_known_through_countrynames(self, archive_finder: MentionFinder) -> None:
        [name] = archive_finder.find("The Hashemite Kingdom of Jordan signed the treaty.").names
        assert (name.kind, name.qualifier) == (Kind.STATE, "Jordan")


class TestZones:
    def test_a_title_case_headline_is_read_through_the_body(self, finder: MentionFinder) -> None:
        body = finder.find("Ivo Karstan met Ann Brell on the lake.")
        found = finder.find("Karstan to Discuss Lake With Brell", zone="headline", known=body.names)
        assert [s for s, _ in named(found)] == ["Karstan", "Brell"]

    def test_a_source_credit_names_agencies_alone(self, finder: MentionFinder) -> None:
        found = finder.find("(Corvid Wire, TT)", zone="source")
        assert named(found) == [("Corvid Wire", "media"), ("TT", "media")]
        assert ("TT", "media") not in named(finder.find("TT said so."))

    def test_picture_marks_are_no_names(self, finder: MentionFinder) -> None:
        found = finder.find(
            "Envoy Ann Brell (c.) with Foreign Minister Bo Renn (r.) in Vell.", zone="caption"
        )
        assert [s for s, _ in named(found)] == ["Ann Brell", "Bo Renn"]

    def test_a_dateline_inside_the_body_names_nobody(self, finder: MentionFinder) -> None:
        found = finder.find("VELL, June 3 (Corvid Wire) - Ivo Karstan resigned.")
        assert named(found) == [("Ivo Karstan", "person")]

    def test_another_language_is_read_by_lists_alone(self, finder: MentionFinder) -> None:
        text = (
            "Die Regierung hat am Montag mit den Vertretern der Lake League gesprochen, und Ivo Karstan war dabei. "
            "Nach drei Wochen Pause sind beide Seiten wieder an den Tisch gekommen, aber niemand weiß, wie lange."
        )
        assert kinds(finder, text) == {"Lake League": "organisation", "Ivo Karstan": "person"}


class TestAgreement:
    def test_a_ship_is_no_actor(self, finder: MentionFinder) -> None:
        assert "Amity" not in kinds(
            finder, "The tanker Amity lay at anchor. Toward evening the Amity sailed."
        )

    def test_a_name_that_is_only_ever_a_place_is_one(self, finder: MentionFinder) -> None:
        assert "Oum Sarif" not in kinds(
            finder, "Shells fell on the border town of Oum Sarif. In Oum Sarif nobody slept."
        )


SCRAPS = st.sampled_from(
    ["Marovia", "Tessarine", "'s", "Foreign Ministry", "Mr.", "Ivo Karstan", "Karstan", "said", "told", "quoted", '"', "“", "”", "‘", "’",
     ",", ".", ":", "\n\n", "(", "LL", ")", "the", "in", "of", "as saying", "according to", "he", "president", "al-Rawi", "\u00a0", "—", "\x02"]
)  # fmt: skip


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.lists(SCRAPS, max_size=30).map(" ".join)))
def test_no_text_is_too_odd_and_no_span_is_off_or_overlaps(finder: MentionFinder, text: str) -> None:
    found = finder.find(text)
    spans = [*found.names, *found.places]
    assert all(text[span.start : span.end] == span.surface for span in spans)
    spans.sort(key=lambda span: span.start)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    starts = {name.start for name in found.names}
    assert all(quote.speaker_start is None or quote.speaker_start in starts for quote in found.quotes)
    assert all(role.name_start in starts for role in found.roles)
