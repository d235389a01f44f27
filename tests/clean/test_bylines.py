from __future__ import annotations

import pytest

from articles.clean import builtin_rules
from articles.clean.bylines import is_name, read_byline, split_role

PRESS = builtin_rules().press


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Roe", ("Jane Roe",)),
        ("by Jane Roe, editor", ("Jane Roe",)),
        ("By JANE ROE", ("Jane Roe",)),
        ("By Jane Roe and John Doe / July 2, 2012", ("Jane Roe", "John Doe")),
        ("By Jane Roe in Geneva", ("Jane Roe",)),
        ("By Jane Roe, Political Correspondent | 10:04 GMT", ("Jane Roe",)),
        ("Jane RoeDiplomatic Editor", ("Jane Roe",)),
        ("Von Jörg Müller-Lüdenscheidt", ("Jörg Müller-Lüdenscheidt",)),
        ("By Maria del Carmen Soto and Osama bin Saif", ("Maria del Carmen Soto", "Osama bin Saif")),
        ("Written by: T. S. Roe", ("T. S. Roe",)),
        ("bySauli Niinistö Doe", ("Sauli Niinistö Doe",)),
        ("// By Jane Roe • Nov 11, 2020", ("Jane Roe",)),
        ("Jane Roe Jane Roe", ("Jane Roe",)),
        ("Jane Roe, 26.04.2024 10:00 Uhr", ("Jane Roe",)),
        ("Artikel veröffentlicht am 28. April 2024, 14:26 Uhr, Jane Roe", ("Jane Roe",)),
        ("by Jane Roe (reporting) and John Doe (photography)", ("Jane Roe",)),
        ("By Jane Roe and John Doe / West Quay Staff Writers", ("Jane Roe", "John Doe")),
        ("von Jane Roe, WHN NORD", ("Jane Roe",)),
        ("By AJ Roe and TJ Doe", ("AJ Roe", "TJ Doe")),
        ("Kolumne von Jane Roe", ("Jane Roe",)),
        ("Jane RoeRedakteurin", ("Jane Roe",)),
        ("Von Jane RoeWirtschaftskorrespondentin", ("Jane Roe",)),
        ("Por Jane Roe (Enviada especial)", ("Jane Roe",)),
        ("文/王小明", ("王小明",)),
        ("홍길동 기자", ("홍길동",)),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    byline = read_byline(text, PRESS)

    assert byline is not None
    assert byline.names == names


@pytest.mark.parametrize(
    ("text", "roles", "agencies"),
    [
        ("By Correspondent / July 2, 2012", ("Correspondent",), ()),
        ("By Staff Writer", ("Staff Writer",), ()),
        ("By Reuters", (), ("Reuters",)),
        ("By The Associated Press", (), ("Associated Press",)),
    ],
)
def test_roles_and_agencies_are_no_authors(
    text: str, roles: tuple[str, ...], agencies: tuple[str, ...]
) -> None:
    byline = read_byline(text, PRESS)

    assert byline is not None
    assert (byline.names, byline.roles, byline.agencies) == ((), roles, agencies)


@pytest.mark.parametrize(
    "text",
    [
        "By the time the talks ended nobody could say what had been agreed.",
        "By Sunday there was a chair for him",
        "Front Page",
        "Por la tarde",
        "Related Topics",
        "In Kürze:",
        "Jane Roe:",
        "王小明",
        "저작권자 무단 전재",
        "Mehr Meldungen",
        "",
    ],
)
def test_no_byline(text: str) -> None:
    assert read_byline(text, PRESS) is None


def test_role_after_a_name() -> None:
    assert split_role("Sophie Foster Travel Reporter") == ("Sophie Foster", "Travel Reporter")
    assert split_role("Ronald McDonald") == ("Ronald McDonald", None)


def test_is_name() -> None:
    assert is_name("Bashar al-Assad")
    assert not is_name("Jane")
    assert not is_name("Read More")
