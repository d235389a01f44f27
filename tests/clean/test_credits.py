from __future__ import annotations

import pytest

from articles.clean import OutletRule, OutletRules
from articles.clean.credits import is_wire_tail, read_credit, read_source

PRESS = OutletRules([OutletRule(name="The Harbour Post", short_forms=("HP",))]).press


@pytest.mark.parametrize(
    ("text", "credit", "photographer", "agency"),
    [
        ("Denis Doe/Reuters", "Denis Doe/Reuters", "Denis Doe", "Reuters"),
        ("They meet in Geneva. (Jane Roe/AP)", "Jane Roe/AP", "Jane Roe", "Associated Press"),
        ("They meet in Geneva. (Photo Internet)", "Photo Internet", None, None),
        ("They meet in Geneva. Photo: Jane Roe", "Jane Roe", "Jane Roe", None),
        ("They meet. Jane Roe/The Harbour Post", "Jane Roe/The Harbour Post", "Jane Roe", "The Harbour Post"),
        ("They meet – Handout/Relief Committee", "Handout/Relief Committee", "Relief Committee", None),
        ("Getty Images", "Getty Images", None, "Getty Images"),
        ("© Reuters", "© Reuters", None, "Reuters"),
        ("Jane Roe via Getty Images", "Jane Roe via Getty Images", "Jane Roe", "Getty Images"),
    ],
)
def test_picture_credits(text: str, credit: str, photographer: str | None, agency: str | None) -> None:
    found = read_credit(text, PRESS)

    assert found is not None
    assert (found.text, found.photographer, found.agency) == (credit, photographer, agency)


@pytest.mark.parametrize(
    "text",
    [
        "He told Reuters that the talks (in Geneva) had failed.",
        "The yes/no vote was put off.",
        "Reuters",
        "Photo opportunities were few, he said.",
        "",
    ],
)
def test_no_picture_credit(text: str) -> None:
    assert read_credit(text, PRESS) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(Reuters, HP)", ("Reuters", "The Harbour Post")),
        ("Parts From Reuters", ("Reuters",)),
        ("Material from Reuters was used in this report.", ("Reuters",)),
        ("With reporting by AP and AFP", ("Associated Press", "Agence France-Presse")),
        ("— Reuters", ("Reuters",)),
        ("Source: Xinhua", ("Xinhua",)),
    ],
)
def test_sources(text: str, names: tuple[str, ...]) -> None:
    assert read_source(text, PRESS) == names


@pytest.mark.parametrize(
    "text", ["The Harbour Post", "Reuters said on Friday that it was so.", "News", "", "( )"]
)
def test_no_source(text: str) -> None:
    assert read_source(text, PRESS) == ()


def test_wire_tails() -> None:
    assert is_wire_tail("(Reporting by Jane Roe; Editing by John Doe)")
    assert not is_wire_tail("Reporting on the war has become hard.")
