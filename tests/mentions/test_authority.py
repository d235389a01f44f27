from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from articles.mentions import Authority, AuthorityError, Kind, load_authority
from articles.mentions.authority import DEFAULT_AUTHORITY, fold


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_name_leads_to_its_main_name(world: Authority) -> None:
    assert world.key_of("Tessarine", Kind.STATE) == "Marovia"
    assert world.key_of("Ivo al-Karstan", Kind.PERSON) == "Ivo Karstan"
    assert world.key_of("the Lake League", Kind.ORGANISATION) == "Lake League"
    assert world.key_of("Lake League", Kind.PERSON) is None


def test_names_of_starts_with_the_main_name(world: Authority) -> None:
    assert world.names_of("Ivo Karstan", Kind.PERSON) == ("Ivo Karstan", "Ivo al-Karstan", "Karstan")


def test_a_name_that_two_actors_claim_means_neither(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'source = "x"\norganisation = [{name = "Free Council", acronyms = ["FC"]}, {name = "First Club", acronyms = ["FC"]}]',
    )
    assert load_authority(path).key_of("FC", Kind.ORGANISATION) is None


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2012, 2, 29), False),
        (date(2012, 3, 1), True),
        (date(2013, 5, 31), True),
        (date(2013, 6, 1), False),
    ],
)
def test_a_term_holds_on_both_its_ends(world: Authority, day: date, *, held: bool) -> None:
    assert bool(world.offices_of("Ivo Karstan", on=day)) is held


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[person]]\nname = 'A B'", "source line"),
        ("source = 'x'\n[[persons]]\nname = 'A B'", "unknown table 'persons'"),
        ("source = 'x'\n[[person]]\naliases = []", "lacks 'name'"),
        ("source = 'x'\n[[person]]\nname = 'A B'\nborn = 'Y'", "unknown key 'born'"),
        ("source = 'x'\n[[person]]\nname = 'A B'\naliases = 'C'", "must be a list of texts"),
        ("source = 'x'\n[[office]]\nholder = 'A'\ntitle = 'b'\nof = 'C'\nfrom = 'May'", "must be a date"),
        ("source = ", "cannot be read as TOML"),
    ],
)
def test_a_bad_file_is_refused_with_the_cure(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(AuthorityError, match=complaint):
        load_authority(written(tmp_path, text))


def test_capitals_keep_their_case_and_articles_go() -> None:
    assert fold("the US") == "US"
    assert fold("us") == "us"
    assert fold("The  Lake League") == "lake league"


class TestRepositoryFiles:
    def test_every_file_says_where_its_facts_come_from(self) -> None:
        sources = dict(load_authority().sources)
        assert set(sources) == {path.name for path in DEFAULT_AUTHORITY.glob("*.toml")}
        assert all(sources.values())

    def test_every_member_of_the_united_nations_is_a_state_countrynames_knows(self) -> None:
        import countrynames

        states = [state for state in load_authority(DEFAULT_AUTHORITY / "states.toml").states if state.code]
        assert len({state.code for state in states}) == len(states) >= 193
        assert not [state.name for state in states if countrynames.to_code(state.name) != state.code]

    def test_every_holder_of_an_office_is_a_person_of_the_files(self) -> None:
        facts = load_authority()
        known = {person.name for person in facts.persons}
        assert not {office.holder for office in facts.offices} - known

    def test_the_two_snc_share_no_acronym(self) -> None:
        assert load_authority().key_of("SNC", Kind.ORGANISATION) is None
