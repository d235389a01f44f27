from __future__ import annotations

from pathlib import Path

import pytest

from articles.clean import OutletRule, OutletRules, builtin_rules, clean_page, read_rules
from articles.clean.article import Label
from tests.clean.raw_pages import STORY as PARAGRAPHS
from tests.clean.raw_pages import text_page

STORY = "\n\n".join(PARAGRAPHS)


def outlet_of(
    text: str, *, url: str | None = None, rules: OutletRules | None = None
) -> tuple[str | None, str]:
    field = clean_page(text_page(text, url=url), rules=rules).outlet
    return field.value, field.method


def test_nothing_names_it() -> None:
    assert outlet_of(STORY) == (None, "none")


def test_the_address_names_it() -> None:
    assert outlet_of(STORY, url="https://www.themoscowtimes.com/a") == ("The Moscow Times", "address")
    assert outlet_of(STORY, url="https://not-themoscowtimes.com/a") == (None, "none")
    assert outlet_of(STORY, url="http://[broken") == (None, "none")


def test_listed_wording_names_it() -> None:
    assert outlet_of(f"Support The Moscow Times!\n\n{STORY}") == ("The Moscow Times", "wording")


def test_an_appeal_names_an_outlet_without_rules() -> None:
    text = f"{STORY}\n\nThe Harbour Gazette needs your help more than ever."

    assert outlet_of(text, rules=OutletRules([])) == ("The Harbour Gazette", "named in the page")


def test_a_copyright_notice_names_it() -> None:
    text = f"{STORY}\n\n© 2012 The Harbour Gazette Ltd. All rights reserved."

    assert outlet_of(text, rules=OutletRules([])) == ("The Harbour Gazette", "named in the page")


def test_a_company_is_no_outlet() -> None:
    assert outlet_of(f"{STORY}\n\n© 2012 Acme Holdings. All rights reserved.") == (None, "none")
    assert outlet_of(f"Support Local News!\n\n{STORY}") == (None, "none")


def test_the_story_may_mention_an_outlet() -> None:
    text = STORY.replace("told reporters", "told The Moscow Times and other reporters")

    assert outlet_of(text) == (None, "none")


def test_an_agency_does_not_make_the_page_its_own() -> None:
    assert outlet_of(f"The harbour is open\n\nReuters\n\n{STORY}") == (None, "none")


def test_own_lines_are_chrome_and_kept_lines_body() -> None:
    rules = OutletRules(
        [
            OutletRule(
                name="The Quay",
                domains=("quay.example",),
                chrome=("The council has not yet said *",),
                keep=("Read more",),
            )
        ]
    )
    article = clean_page(
        text_page(STORY.replace("“We", "Read more\n\n“We"), url="http://quay.example/1"), rules=rules
    )

    assert "The council" not in article.body
    assert [line.label for line in article.lines if line.text == "Read more"] == [Label.BODY]


def test_builtin_rules_are_read_once() -> None:
    assert builtin_rules() is builtin_rules()
    assert len({outlet.name for outlet in builtin_rules().outlets}) == len(builtin_rules().outlets)


def test_a_broken_rule_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('name = "X"\ncolour = "red"\n')

    with pytest.raises(ValueError, match=r"bad\.toml: .*colour.*known keys"):
        read_rules(tmp_path)
