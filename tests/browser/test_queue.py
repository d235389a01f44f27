"""The queue of actors in a real browser: by keyboard alone, with the facets and pages that follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Actor, JoinCandidate, Ruling
from articles.search.pending import drain
from articles.views.actor_links import pair_url
from tests.browser.test_accessibility import faults_of
from tests.factories import make_actor, make_article, make_mentions, make_quote


@pytest.fixture
def spelled_twice(db: None) -> tuple[Actor, Actor]:
    """Make an archive in which one man is two actors, and the machine doubts it."""
    User.objects.create_superuser("curator", password="a password for tests")  # noqa: S106
    vashti, washti = make_actor("Oren Vashti"), make_actor("Orren Washti")
    reeve = make_actor("Dana Reeve")
    for number in range(4):
        name = ("Oren Vashti", "Orren Washti")[number % 2]
        article = make_article(
            headline=f"Harbour talks, day {number}",
            body=f"{name} met Dana Reeve at the harbour, and said “Dana Reeve keeps her word, always”.",
        )
        for actor in (vashti, washti, reeve):
            make_mentions(article, actor)
        make_quote(article, "Dana Reeve keeps her word, always", (vashti, washti)[number % 2])
    JoinCandidate.objects.create(
        left=vashti, right=washti, score=0.8, reason="The names sound alike.", settles=4
    )
    drain()
    return vashti, washti


def sign_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill("a password for tests")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def people(page: Page) -> list[str]:
    """Return the names in the facet of people."""
    drain()
    page.goto("/search/")
    return [name.strip() for name in page.locator("[data-facet=person]").all_inner_texts()]


def test_two_spellings_are_merged_by_keyboard_and_parted_again(
    open_page: Callable[..., Page], spelled_twice: tuple[Actor, Actor]
) -> None:
    page = open_page()
    sign_in(page)
    assert {"Oren Vashti", "Orren Washti"} <= set(people(page))

    page.goto("/desk/actors/next/")
    expect(page.get_by_role("heading", name="One actor or two?")).to_be_visible()
    page.keyboard.press("1")
    page.wait_for_url("**/desk/actors/")
    assert Ruling.objects.standing().count() == 1
    merged = people(page)
    assert "Oren Vashti" in merged
    assert "Orren Washti" not in merged

    page.goto("/desk/actors/")
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert {"Oren Vashti", "Orren Washti"} <= set(people(page))


def test_a_name_from_right_to_left_leaves_its_key_behind_it(
    open_page: Callable[..., Page], spelled_twice: tuple[Actor, Actor]
) -> None:
    _, right = spelled_twice
    Actor.objects.filter(pk=right.pk).update(name="אורן ושתי")
    page = open_page()
    sign_in(page)
    page.goto("/desk/actors/next/")
    button = page.get_by_role("button", name="אורן ושתי")
    name, key = button.locator("bdi").bounding_box(), button.locator("kbd").bounding_box()
    assert name is not None
    assert key is not None
    assert name["x"] + name["width"] <= key["x"]


def test_keys_do_nothing_while_somebody_types(
    open_page: Callable[..., Page], spelled_twice: tuple[Actor, Actor]
) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/desk/actors/next/")
    page.get_by_label("Why").press_sequentially("d1sxn")
    expect(page.get_by_label("Why")).to_have_value("d1sxn")
    assert not Ruling.objects.exists()


def test_later_and_different_by_keyboard(
    open_page: Callable[..., Page], spelled_twice: tuple[Actor, Actor]
) -> None:
    page = open_page()
    sign_in(page)
    page.goto("/desk/actors/next/")
    page.keyboard.press("n")
    expect(page.get_by_text("What you put off waits in this list")).to_be_visible()
    page.goto("/desk/actors/next/")
    page.keyboard.press("d")
    expect(page.get_by_text("Nothing waits any more")).to_be_visible()
    assert {"Oren Vashti", "Orren Washti"} <= set(people(page))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_pages_of_actors_are_accessible_and_fit(
    open_page: Callable[..., Page], spelled_twice: tuple[Actor, Actor], *, phone: bool, dark: bool
) -> None:
    vashti, washti = spelled_twice
    reeve = Actor.objects.get(machine_name="Dana Reeve")
    page = open_page(phone=phone, dark=dark)
    sign_in(page)
    candidate = JoinCandidate.objects.get()
    addresses = (
        vashti.get_absolute_url(),
        f"{vashti.get_absolute_url()}quotes/",
        pair_url(vashti, reeve),
        "/search/network/",
        f'/search/?q=actor:"{vashti.name}"',
        f"/search/?actor={vashti.pk}&find_person=oren",
        "/desk/actors/",
        f"/desk/actors/{candidate.pk}/",
        f"/desk/actor/{washti.pk}/?other=oren",
        f"/desk/mentions/{vashti.mentions.first().pk}/",  # type: ignore[union-attr]
    )
    faults = {address: found for address in addresses if (found := faults_of(page, address))}
    assert faults == {}, faults
