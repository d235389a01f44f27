"""Tags, collections and notes on the pages: who sees what, who may do what, and the search by them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import curate
from articles.ingest.reset import throw_away
from articles.models import Article, Collection, Note, Status, Tag
from articles.search.pending import drain
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(headline="Talks at the harbour", outlet="The Meridian Post")


@pytest.fixture
def lena() -> User:
    return User.objects.create_user("lena")


def shelve(client: Client, article: Article, name: str, *, kind: str = "tag", on: str = "yes") -> str:
    values = {"kind": kind, "name": name, "on": on}
    return client.post(f"{article.get_absolute_url()}shelves/", values, follow=True).text


def test_a_curator_tags_and_a_reader_sees_it(admin_client: Client, client: Client, article: Article) -> None:
    assert "Put under Ceasefire." in shelve(admin_client, article, "Ceasefire")
    assert "is under Ceasefire already" in " ".join(
        shelve(admin_client, article, "ceasefire").split()
    ).replace("It ", "")
    page = client.get(article.get_absolute_url()).text
    assert f"?tag={Tag.objects.get().pk}-ceasefire" in page
    assert "Take off" not in page
    assert "No longer under Ceasefire." in shelve(admin_client, article, "ceasefire", on="no")
    history = admin_client.get(f"{article.get_absolute_url()}edit/").text
    assert "Ceasefire: taken off" in history
    assert "at least one letter" in shelve(admin_client, article, "–")


def test_what_stands_in_the_history_is_taken_back_there(admin_client: Client, article: Article) -> None:
    shelve(admin_client, article, "Ceasefire")
    ruling = article.page.rulings.get()
    assert "Taken back" in admin_client.post(f"/desk/rulings/{ruling.pk}/undo-field/", follow=True).text
    assert not article.page.tags.exists()


def test_a_renamed_tag_is_taken_off_and_has_no_twin(admin_client: Client, article: Article) -> None:
    shelve(admin_client, article, "Ceasefire")
    curate.shelves.rename(Tag.objects.get(), name="Truce", description="")
    assert "is under Truce already" in " ".join(shelve(admin_client, article, "TRUCE").split())
    page = admin_client.get(article.get_absolute_url()).text
    assert 'name="on" value="no"><input type="hidden" name="name" value="ceasefire">' in page
    assert "No longer under Truce." in shelve(admin_client, article, "ceasefire", on="no")
    assert not article.page.tags.exists()
    values = {"kind": "tag", "name": "unheard-of", "on": "no"}
    assert admin_client.post(f"{article.get_absolute_url()}shelves/", values).status_code == 404
    assert [tag.name for tag in Tag.objects.all()] == ["Truce"]


def test_readers_see_no_tag_that_hidden_articles_alone_have(
    admin_client: Client, client: Client, article: Article, lena: User
) -> None:
    hidden = make_article(status=Status.HIDDEN)
    for one, name in ((article, "Ceasefire"), (hidden, "Smugglers")):
        curate.shelves.put(one.page, Tag.objects.named(name), on=True, by=lena)
    assert [tag.name for tag in client.get("/tags/").context["page"]] == ["Ceasefire"]
    assert [tag.name for tag in admin_client.get("/tags/").context["page"]] == ["Ceasefire", "Smugglers"]


def test_a_name_that_is_taken_keeps_nothing_of_an_arrangement(
    admin_client: Client, article: Article, lena: User
) -> None:
    curate.shelves.begin_collection("The pier", by=lena)
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    curate.shelves.put(article.page, reading, on=True, by=lena)
    entry = reading.entries.get()
    values = {"seen": curate.shelves.arrangement_of(reading), "name": "the Pier", f"place-{entry.pk}": "1"}
    values[f"remark-{entry.pk}"] = "Read this first."
    page = admin_client.post(f"{reading.get_absolute_url()}arrange/", values, follow=True).text
    assert "has that name, or began with it" in page
    assert reading.entries.get().remark == ""


def test_whoever_arranges_a_collection_that_was_renamed_meanwhile_is_told(
    admin_client: Client, lena: User
) -> None:
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    opened = admin_client.get(reading.get_absolute_url()).context["seen"]
    curate.shelves.rename(Collection.objects.get(), name="The pier years", description="")
    values = {"seen": opened, "name": "The harbour years", "description": "To begin with."}
    page = admin_client.post(f"{reading.get_absolute_url()}arrange/", values, follow=True).text
    assert "Somebody changed this collection" in page
    assert str(Collection.objects.get()) == "The pier years"


def test_notes_are_for_curators_alone(admin_client: Client, client: Client, article: Article) -> None:
    address = f"{article.get_absolute_url()}notes/"
    assert "The note is kept." in admin_client.post(address, {"text": "Ask the archive."}, follow=True).text
    note = Note.objects.get()
    admin_client.post(f"/notes/{note.pk}/", {"text": "Ask the city archive."})
    page = admin_client.get(article.get_absolute_url()).text
    assert "Ask the city archive." in page
    assert "Ask the archive." in page  # what it was before
    assert "you had it open" in admin_client.post(f"/notes/{note.pk}/", {"text": "x"}, follow=True).text
    assert (
        "archive."
        not in client.get(article.get_absolute_url()).text.partition("<main")[2].partition("</main")[0]
    )
    latest = Note.objects.current().get()
    admin_client.post(f"/notes/{latest.pk}/", {"away": "yes"})
    assert not Note.objects.current().exists()
    admin_client.post(f"/notes/{latest.pk}/", {"back": "yes"})
    assert Note.objects.current().exists()


def test_readers_change_nothing(client: Client, article: Article, lena: User) -> None:
    client.force_login(lena)
    for address in (
        f"{article.get_absolute_url()}shelves/",
        f"{article.get_absolute_url()}notes/",
        "/collections/",
    ):
        assert client.post(address, {"name": "x", "text": "x"}).status_code == 403
    assert not Collection.objects.exists()


def test_a_collection_is_begun_arranged_and_read(
    admin_client: Client, client: Client, article: Article, lena: User
) -> None:
    begun = admin_client.post(
        "/collections/", {"name": "The harbour years", "description": "To begin with."}, follow=True
    )
    assert "Begun: The harbour years" in begun.text
    assert (
        "There is a collection"
        in admin_client.post("/collections/", {"name": "The harbour years"}, follow=True).text
    )
    other = make_article(headline="The pier", status=Status.HIDDEN)
    for one in (article, other):
        shelve(admin_client, one, "the-harbour-years", kind="collection")
    page = admin_client.get("/collections/the-harbour-years/")
    first, second = page.context["page"]
    values = {
        "seen": page.context["seen"], "name": "Harbour years", "description": "To begin with.",
        f"place-{second.pk}": "1", f"remark-{second.pk}": "Read this first.", f"place-{first.pk}": "1",
        f"remark-{first.pk}": "",
    }  # fmt: skip
    assert (
        "kept as you arranged it"
        in admin_client.post(page.request["PATH_INFO"] + "arrange/", values, follow=True).text
    )
    assert (
        "while you had it open"
        in admin_client.post(page.request["PATH_INFO"] + "arrange/", values, follow=True).text
    )
    found = Collection.objects.get()
    assert (found.name, found.slug) == ("Harbour years", "the-harbour-years")
    assert [entry.page for entry in found.entries.all()] == [other.page, article.page]
    shown = client.get("/collections/the-harbour-years/").text
    assert "Talks at the harbour" in shown
    assert "The pier" not in shown  # hidden from readers
    assert "To begin with." in client.get("/collections/").text


def test_an_arrangement_is_kept_whole_or_not_at_all(admin_client: Client, lena: User) -> None:
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    for _ in range(3):
        curate.shelves.put(make_article().page, reading, on=True, by=lena)
    address = reading.get_absolute_url()
    first, second, third = reading.entries.all()
    values = {
        "seen": admin_client.get(address).context["seen"], "name": "–", "description": "",
        f"place-{first.pk}": "", f"place-{second.pk}": "", f"place-{third.pk}": "2",
        f"remark-{second.pk}": "Read this.",
    }  # fmt: skip
    refused = admin_client.post(f"{address}arrange/?page=1", values, follow=True)
    assert "at least one letter" in refused.text
    assert list(reading.entries.all()) == [first, second, third]
    assert not reading.entries.exclude(remark="").exists()
    kept = admin_client.post(f"{address}arrange/?page=1", values | {"name": "Harbour"}, follow=True)
    assert kept.redirect_chain == [(f"{address}?page=1", 302)]
    assert list(reading.entries.all()) == [first, third, second]  # no place given: it stays where it is
    assert reading.entries.get(remark="Read this.") == second


def test_a_note_is_kept_while_its_article_is_being_made_anew(
    admin_client: Client, article: Article, lena: User
) -> None:
    note = curate.notes.write(article.page, "Ask the archive.", by=lena)
    throw_away()
    told = admin_client.post(f"/notes/{note.pk}/", {"text": "Ask the city archive."}, follow=True)
    assert told.redirect_chain == [("/desk/", 302)]
    assert "is being made anew" in told.text
    assert Note.objects.current().get().text == "Ask the city archive."


@pytest.mark.parametrize("address", ["/tags/", "/collections/"])
def test_long_lists_of_shelves_come_in_pages(
    client: Client, article: Article, lena: User, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("articles.views.shelves.SHELVES_SHOWN", 2)
    for name in ("Amber", "Beacon", "Cinder"):
        curate.shelves.put(article.page, Tag.objects.named(name), on=True, by=lena)
        curate.shelves.begin_collection(name, by=lena)
    first, last = (client.get(address, {"page": page}).text for page in (1, 2))
    assert ("Amber" in first, "Cinder" in first) == (True, False)
    assert ("Amber" in last, "Cinder" in last) == (False, True)


def test_they_are_searched_narrowed_by_and_exported(
    see: Callable[..., str], client: Client, article: Article, lena: User
) -> None:
    make_article(headline="The pier")
    tag = Tag.objects.named("Ceasefire talks")
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    for shelf in (tag, reading):
        curate.shelves.put(article.page, shelf, on=True, by=lena)
    for address in (
        "/search/?q=tag:ceasefire",
        f"/search/?tag={tag.pk}",
        '/search/?q=collection:"harbour+years"',
    ):
        page = see(address)
        assert "Talks at the harbour" in page
        assert "The pier" not in page
    assert "The pier" in see(f"/search/?tag=-{tag.pk}")
    curate.shelves.rename(tag, name="Truce", description="")
    drain()
    assert "Talks at the harbour" in see("/search/?q=tag:truce")
    line = json.loads(b"".join(client.get(f"/search/export/?tag={tag.pk}&format=jsonl").streaming_content))
    assert (line["tags"], line["collections"]) == (["Truce"], ["The harbour years"])
    csv = b"".join(client.get(f"/search/export/?tag={tag.pk}").streaming_content).decode()
    assert "Truce" in csv
    data = client.get(f"/api/articles/{article.permanent_id}").json()
    assert (data["tags"], data["collections"]) == (["Truce"], ["The harbour years"])
    assert f"?tag={tag.pk}-ceasefire-talks" in see("/tags/")


def test_a_list_of_many_asks_no_more_than_one_of_few(
    client: Client, lena: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    for number in range(6):
        curate.shelves.put(make_article().page, reading, on=True, by=lena)
        if number in (1, 5):
            with django_assert_num_queries(3):
                client.get(reading.get_absolute_url())
