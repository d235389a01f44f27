"""Tags, collections and notes: what is ruled, what is undone, and that nothing of it is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles import curate
from articles.capture import RawPage, page_from_bytes
from articles.curate.rulings_exchange import import_rulings
from articles.curate.rulings_file import export_rulings, read_rulings
from articles.ingest import ArchiveDirectory, ingest_page
from articles.ingest.reclean import reclean_article
from articles.ingest.reset import rebuild, throw_away
from articles.models import Article, Collection, CollectionEntry, Note, Ruling, StoredPage, Tag, Tagging
from tests.curate.test_articles import PAGE
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena() -> User:
    return User.objects.create_user("lena")


def shelf(name: str = "Ceasefire", kind: Any = Tag) -> Any:
    return kind.objects.named(name)


def tags_of(article: Article) -> list[str]:
    return list(article.page.tags.values_list("name", flat=True))


def test_a_tag_is_a_ruling_and_each_is_undone_in_any_order(lena: User) -> None:
    article = make_article()
    on = curate.shelves.put(article.page, shelf(), on=True, by=lena, reason="The talks are its subject.")
    assert on is not None
    assert (str(on), on.reason) == ("it is under the tag Ceasefire", "The talks are its subject.")
    assert curate.shelves.put(article.page, shelf("CEASEFIRE "), on=True, by=lena) is None
    off = curate.shelves.put(article.page, shelf(), on=False, by=lena)
    assert off is not None
    assert tags_of(article) == []
    curate.undo_ruling(on, by=lena)
    assert tags_of(article) == []  # what was ruled later holds
    curate.undo_ruling(off, by=lena)
    assert tags_of(article) == []  # nothing stands any more
    assert curate.shelves.undo_shelving(off, by=lena) is False


def test_an_entry_comes_back_with_its_place_and_its_remark(lena: User) -> None:
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    articles = [make_article() for _ in range(3)]
    for article in articles:
        curate.shelves.put(article.page, reading, on=True, by=lena)
    second = CollectionEntry.objects.get(page=articles[1].page)
    seen = curate.shelves.arrangement_of(reading)
    curate.shelves.arrange(reading, {second.pk: "Read this first."}, places={second.pk: 1}, seen=seen)
    assert list(reading.entries.values_list("page", flat=True)) == [
        articles[number].page_id for number in (1, 0, 2)
    ]
    with pytest.raises(curate.ChangedMeanwhile):
        curate.shelves.arrange(reading, {}, places={}, seen=seen)
    off = curate.shelves.put(articles[1].page, reading, on=False, by=lena)
    assert off is not None
    assert off.before == {"on": True, "place": 1, "remark": "Read this first."}
    curate.undo_ruling(off, by=lena)
    back = reading.entries.get(page=articles[1].page)
    assert (back.place, back.remark) == (1, "Read this first.")


def test_names_that_cannot_be_are_refused_with_the_cure(lena: User) -> None:
    curate.shelves.begin_collection("The harbour years", by=lena)
    for name, words in (("the Harbour-years", "There is a collection"), (" – ", "at least one letter")):
        with pytest.raises(ValueError, match=words):
            curate.shelves.begin_collection(name, by=lena)
    with pytest.raises(ValueError, match="120 characters"):
        Tag.objects.named("a" * 121)
    assert Tag.objects.named("Перемирие").slug == "peremirie"


def test_reading_again_and_a_reset_lose_none_of_it(lena: User) -> None:
    page = page_from_bytes(PAGE.encode(), name="harbour.txt", media_type="text/plain")
    assert isinstance(page, RawPage)
    article = Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    for one in (shelf(), reading):
        curate.shelves.put(article.page, one, on=True, by=lena)
    CollectionEntry.objects.update(remark="Read this first.")
    curate.notes.write(article.page, "The caption names her.", by=lena)
    reclean_article(article)
    throw_away()
    assert not Article.objects.exists()
    list(rebuild())
    after = Article.objects.get()
    assert tags_of(after) == ["Ceasefire"]
    assert CollectionEntry.objects.get(page=after.page).remark == "Read this first."
    assert Note.objects.current().get(page=after.page).text == "The caption names her."


def test_they_travel_with_the_rulings_and_wait_for_their_page(lena: User) -> None:
    page = page_from_bytes(PAGE.encode(), name="harbour.txt", media_type="text/plain")
    assert isinstance(page, RawPage)
    article = Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)
    curate.shelves.put(article.page, shelf(), on=True, by=lena)
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    curate.shelves.put(article.page, reading, on=True, by=lena)
    lines = list(export_rulings())
    throw_away()
    for model in (Ruling, Tag, Collection, StoredPage):
        model.objects.all().delete()  # type: ignore[attr-defined]  # each has a manager
    assert [one.state for one in import_rulings(read_rulings(lines), dry_run=False)] == ["waiting"] * 2
    after = Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)
    assert tags_of(after) == ["Ceasefire"]
    assert list(after.page.collections.values_list("name", flat=True)) == ["The harbour years"]
    assert [one.state for one in import_rulings(read_rulings(lines), dry_run=False)] == ["known"] * 2
    assert list(export_rulings()) == lines


def test_what_is_ruled_otherwise_here_is_not_taken_from_a_file(lena: User) -> None:
    article = make_article()
    curate.shelves.put(article.page, shelf(), on=True, by=lena)
    lines = list(export_rulings())
    Ruling.objects.all().delete()
    curate.shelves.put(article.page, shelf(), on=False, by=lena)
    assert [one.state for one in import_rulings(read_rulings(lines), dry_run=False)] == ["conflicting"]
    assert tags_of(article) == []
    Ruling.objects.all().delete()
    assert [one.state for one in import_rulings(read_rulings(lines), dry_run=False)] == ["applied"]
    assert tags_of(article) == ["Ceasefire"]
    bad = lines[0].replace('"on": true', '"on": "yes"')
    with pytest.raises(ValueError, match="on is true or false"):
        read_rulings([bad])


def test_a_note_is_worded_anew_and_nothing_written_is_lost(lena: User) -> None:
    page = make_article().page
    first = curate.notes.write(page, " The caption names her. ", by=lena)
    second = curate.notes.word_anew(first, "The caption names her sister.", by=lena)
    assert list(Note.objects.current()) == [second]
    assert [old.text for old in second.earlier()] == ["The caption names her."]
    with pytest.raises(curate.ChangedMeanwhile, match="lena worded this note anew"):
        curate.notes.word_anew(first, "Something else", by=lena)
    curate.notes.take_away(second, by=lena)
    assert not Note.objects.current().exists()
    with pytest.raises(curate.ChangedMeanwhile, match="took this note away"):
        curate.notes.word_anew(second, "Something else", by=lena)
    assert curate.notes.bring_back(second)
    assert not curate.notes.bring_back(second)
    assert list(Note.objects.current()) == [second]
    with pytest.raises(ValueError, match="Write something"):
        curate.notes.write(page, "  ", by=lena)


def test_a_tag_of_another_name_keeps_its_articles(lena: User) -> None:
    article = make_article()
    tag = shelf()
    curate.shelves.put(article.page, tag, on=True, by=lena)
    curate.shelves.rename(tag, name="Truce", description="")
    curate.undo_ruling(Ruling.objects.get(), by=lena)
    assert not Tagging.objects.exists()
    assert Tag.objects.get().slug == "ceasefire"


def test_a_tag_that_was_renamed_is_found_by_both_its_names_and_no_other_gets_them() -> None:
    tag, other = shelf("Перемирие"), shelf("Harbour")
    curate.shelves.rename(tag, name="Waürde", description="")
    assert shelf("WAÜRDE") == tag
    assert shelf("перемирие") == tag
    for name in ("waürde", "Peremirie"):
        with pytest.raises(ValueError, match="The tag Waürde has that name, or began with it"):
            curate.shelves.rename(other, name=name, description="")
    curate.shelves.rename(tag, name="waürde", description="")  # its own name is free to it
    assert Tag.objects.count() == 2


def test_a_collection_that_was_renamed_is_not_begun_again(lena: User) -> None:
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    curate.shelves.rename(reading, name="At sea", description="")
    with pytest.raises(ValueError, match="There is a collection of that name"):
        curate.shelves.begin_collection("at sea", by=User.objects.create_user("mira"))


@pytest.mark.parametrize("way", ["taken back", "taken off"])
def test_what_is_put_in_again_has_its_place_and_its_remark(lena: User, way: str) -> None:
    reading = curate.shelves.begin_collection("The harbour years", by=lena)
    articles = [make_article() for _ in range(2)]
    rulings = [curate.shelves.put(article.page, reading, on=True, by=lena) for article in articles]
    CollectionEntry.objects.filter(page=articles[0].page).update(remark="Read this first.")
    if way == "taken back":
        assert rulings[0] is not None
        curate.undo_ruling(rulings[0], by=lena)
    else:
        curate.shelves.put(articles[0].page, reading, on=False, by=lena)
    assert not reading.entries.filter(page=articles[0].page).exists()
    curate.shelves.put(articles[0].page, reading, on=True, by=lena)
    back = reading.entries.get(page=articles[0].page)
    assert (back.place, back.remark) == (1, "Read this first.")
