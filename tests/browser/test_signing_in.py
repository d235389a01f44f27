"""Signing in and out, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import faults_of


@pytest.mark.django_db
def test_a_person_comes_in_and_goes_out_at_the_foot_of_the_page(open_page: Callable[..., Page]) -> None:
    User.objects.create_user("mira", password="a password for tests")  # noqa: S106
    page = open_page(phone=True, javascript=False)
    page.goto("/help/")
    page.get_by_role("contentinfo").get_by_role("link", name="Sign in").click()
    page.get_by_label("Username").fill("mira")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    page.get_by_label("Password").fill("a password for tests")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: address.endswith("/help/") and "sign-in" not in address)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("contentinfo").get_by_role("link", name="Sign in").wait_for()


@pytest.mark.django_db
def test_the_foot_is_accessible_to_whoever_is_signed_in(open_page: Callable[..., Page]) -> None:
    User.objects.create_user("mira", password="a password for tests")  # noqa: S106
    page = open_page()
    page.goto("/sign-in/?next=/outlets/")
    page.get_by_label("Username").fill("mira")
    page.get_by_label("Password").fill("a password for tests")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Signed in as mira").wait_for()
    assert faults_of(page, "/outlets/") == []
