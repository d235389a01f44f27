"""Signing in and out, the pause for guessed passwords, and an archive that is closed to the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from articles.accounts import Role, group_of
from articles.views.accounts import address_of
from tests.factories import make_article

pytestmark = pytest.mark.django_db
PASSWORD = "quiet-harbour-evenings"  # noqa: S105
OPEN = {"sign-in/", "sign-out/", "health/"}
SAMPLES = {"int": "1", "slug": "some", "str": "some"}


@pytest.fixture
def person() -> User:
    return User.objects.create_user("mira", password=PASSWORD)


@pytest.fixture
def closed(settings: LazySettings) -> None:
    settings.ARCHIVE_READERS_SIGN_IN = True


def sign_in(client: Client, password: str = PASSWORD, *, name: str = "mira", **extra: str) -> HttpResponse:
    values = {"username": name, "password": password, "next": extra.pop("next", "")}
    response: HttpResponse = client.post("/sign-in/", values, **extra)
    return response


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Give an address for each pattern, with invented values in it."""
    for each in patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, address)
            continue
        for name, converter in each.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            address = address.replace(f"<{kind}:{name}>", SAMPLES[kind]).replace(f"<{name}>", SAMPLES[kind])
        yield address


ADDRESSES = sorted({*addresses(get_resolver("articles.urls").url_patterns)})


@pytest.mark.usefixtures("person")
class TestSigningIn:
    def test_it_leads_where_one_wanted_to_go_but_never_to_another_site(self, client: Client) -> None:
        asked = client.get("/sign-in/", {"next": "/search/?q=harbour"})
        assert 'name="next" value="/search/?q=harbour"' in asked.text
        assert sign_in(client, next="/search/?q=harbour")["Location"] == "/search/?q=harbour"
        assert sign_in(Client(), next="https://elsewhere.example/")["Location"] == "/"

    def test_every_page_has_the_way_in_and_out(self, client: Client) -> None:
        assert 'href="/sign-in/?next=/help/"' in client.get("/help/").text
        sign_in(client)
        page = client.get("/help/").text
        assert "Signed in as mira" in page
        assert 'action="/sign-out/"' in page
        assert client.get("/sign-out/").status_code == 405  # a link alone signs nobody out
        assert client.post("/sign-out/")["Location"] == "/"
        assert "Signed in" not in client.get("/help/").text

    def test_the_admin_has_no_sign_in_page_of_its_own(self, client: Client) -> None:
        asked = client.get("/admin/articles/article/", follow=True)
        assert asked.redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2Farticles%2Farticle%2F"
        sign_in(client)
        refused = client.get("/admin/", follow=True)
        assert "You are signed in as mira, and that account does not open the page" in refused.text

    def test_a_wrong_password_is_told_without_saying_whose(self, client: Client) -> None:
        for name in ("mira", "nobody"):
            assert "username and password do not go together" in sign_in(client, "wrong", name=name).text


NEW = "seven-lanterns-over-brine"


class TestOwnPassword:
    def change(self, client: Client, old: str, new: str, again: str = "") -> HttpResponse:
        values = {"old_password": old, "new_password1": new, "new_password2": again or new}
        response: HttpResponse = client.post("/password/", values, follow=True)
        return response

    @pytest.mark.parametrize("role", Role)
    def test_every_role_changes_its_own_and_stays_in_here_alone(self, client: Client, role: Role) -> None:
        user = User.objects.create_user("mira", password=PASSWORD, is_staff=role.opens_admin)
        user.groups.add(group_of(role))
        elsewhere = Client()
        for one in (client, elsewhere):
            sign_in(one)
        assert 'href="/password/"' in client.get("/help/").text
        assert "Your password is changed." in self.change(client, PASSWORD, NEW).text
        assert "Signed in as mira" in client.get("/help/").text
        assert "Signed in" not in elsewhere.get("/help/").text
        assert sign_in(Client()).status_code == 200  # the old one does not open it any more
        assert sign_in(Client(), NEW).status_code == 302

    @pytest.mark.usefixtures("person")
    def test_a_wrong_old_one_and_two_that_differ_change_nothing(self, client: Client) -> None:
        sign_in(client)
        assert "Your password is still the old one." in self.change(client, "wrong", NEW).text
        assert "Your password is still the old one." in self.change(client, PASSWORD, NEW, NEW + "s").text
        assert "too common" in self.change(client, PASSWORD, "password12").text
        assert User.objects.get().check_password(PASSWORD)

    def test_a_stranger_is_asked_to_sign_in(self, client: Client) -> None:
        assert client.get("/password/")["Location"] == "/sign-in/?next=/password/"


@pytest.mark.usefixtures("person")
class TestPause:
    def guess(self, client: Client, times: int, **extra: str) -> list[int]:
        return [sign_in(client, f"guess {number}", **extra).status_code for number in range(times)]

    def test_whoever_guesses_waits_and_then_comes_in(self, client: Client) -> None:
        assert self.guess(client, 5) == [200, 200, 200, 200, 429]
        paused = sign_in(client)
        assert paused.status_code == 429
        assert "Wait 10 minutes, then try again" in paused.text
        assert paused["Retry-After"] == "600"

        attempts = AccessAttempt.objects.filter(username="mira")
        last = attempts.get().attempt_time
        attempts.update(attempt_time=last - timedelta(minutes=7, seconds=30))
        assert "Wait 3 minutes" in sign_in(client).text  # and asking made it no longer
        attempts.update(attempt_time=last - timedelta(minutes=10, seconds=1))
        assert sign_in(client).status_code == 302
        assert not attempts.exists()

    def test_a_right_password_in_time_forgets_the_wrong_ones(self, client: Client) -> None:
        assert self.guess(client, 4) == [200] * 4
        assert sign_in(client).status_code == 302
        assert self.guess(client, 4) == [200] * 4

    def test_others_and_other_places_are_let_in(self, client: Client) -> None:
        User.objects.create_user("lena", password=PASSWORD)
        self.guess(client, 5)
        assert sign_in(client, name="lena").status_code == 302
        assert sign_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302

    def test_behind_a_proxy_it_is_the_readers_address_that_counts(
        self, client: Client, settings: LazySettings
    ) -> None:
        settings.ARCHIVE_HTTPS = True
        claims = [f"203.0.113.{number}, 192.0.2.7" for number in range(5)]
        assert [sign_in(client, "wrong", HTTP_X_FORWARDED_FOR=claim).status_code for claim in claims][
            -1
        ] == 429
        assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.8").status_code == 302

    def test_without_a_proxy_nobody_can_claim_another_address(self) -> None:
        request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="192.0.2.7")
        assert address_of(request) == "192.0.2.7"

    @pytest.mark.parametrize(
        ("header", "address"),
        [("2001:db8::1", "2001:db8::1"), ("192.0.2.9:4711", "127.0.0.1"), ("unknown", "127.0.0.1"), ("", "127.0.0.1")],
    )  # fmt: skip
    def test_what_is_no_address_counts_as_the_proxys(
        self, header: str, address: str, settings: LazySettings
    ) -> None:
        settings.ARCHIVE_HTTPS = True
        assert address_of(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header)) == address


@pytest.mark.usefixtures("closed")
class TestClosedArchive:
    @pytest.mark.parametrize("address", [address for address in ADDRESSES if address not in OPEN])
    def test_nothing_is_shown_to_people_who_are_not_signed_in(self, client: Client, address: str) -> None:
        answer = client.get("/" + address)
        if address.startswith("api/") and address != "api/":
            assert answer.status_code == 401
            assert "open to people with an account" in answer.json()["error"]
        else:
            assert answer.status_code == 302, address
            assert answer["Location"] == f"/sign-in/?next=/{address}"

    def test_the_addresses_are_all_there(self) -> None:
        assert {"", "search/", "articles/some/", "actors/1-some/", "api/search", "api/openapi.json"} <= {
            *ADDRESSES
        }
        assert {*ADDRESSES} >= OPEN

    def test_health_and_the_way_in_stay_open(self, client: Client) -> None:
        assert client.get("/health/").status_code in {200, 503}
        assert "is open to people with an account" in client.get("/sign-in/").text

    def test_a_reader_reads_and_only_staff_see_what_is_hidden(self, client: Client) -> None:
        shown, hidden = make_article(), make_article(status="hidden")
        reader = User.objects.create_user("mira")
        reader.groups.add(group_of(Role.READER))
        client.force_login(reader)
        assert client.get(shown.get_absolute_url()).status_code == 200
        assert client.get(f"/api/articles/{shown.permanent_id}").status_code == 200
        assert client.get(hidden.get_absolute_url()).status_code == 404
        assert client.get("/desk/uploads/").status_code == 403
        client.force_login(User.objects.create_user("lena", is_staff=True))
        assert client.get(hidden.get_absolute_url()).status_code == 200

    def test_the_admins_own_address_leads_to_signing_in_once(self, client: Client) -> None:
        assert client.get("/admin/login/?next=/admin/")["Location"] == "/sign-in/?next=%2Fadmin%2F"


def test_what_is_made_for_one_person_is_kept_by_no_proxy(client: Client, person: User) -> None:
    hidden = make_article(status="hidden")
    assert not client.get("/help/").has_header("Cache-Control")
    person.is_staff = True
    person.save()
    client.force_login(person)
    for address in (hidden.get_absolute_url(), "/search/export/?q=truce"):
        assert client.get(address)["Cache-Control"] == "private", address
    assert not client.get("/api/suggest?q=an").has_header("Cache-Control")


def test_an_open_archive_is_open(client: Client) -> None:
    assert client.get("/help/").status_code == 200
