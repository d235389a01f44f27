"""What an archive, and a page's own update, add to the date of an article that states none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from articles.clean import clean_page
from articles.clean.article import UNKNOWN_DATE, CleanArticle, DateInterval, Field
from articles.clean.dated import Alike, ArchiveWitness, states_date, with_archive, with_dates
from articles.clean.dating import Facts, Neighbour, NeighbourIndex, likeness
from articles.clean.dating.likeness import Rarity, Terms, terms_of
from tests.clean.raw_pages import STORY, text_page

HEAD = "Harbour to open to ships"
DAY = date(2012, 12, 10)
SAID = ("Hessek is besieged.", "The conflict has killed more than 7,000 people since it began.")


def day_interval(day: date) -> DateInterval:
    return DateInterval(day, day, "day")


def undated(facts: Facts, *said: str) -> CleanArticle:
    article = clean_page(text_page("\n\n".join((HEAD, *STORY, *said))))
    assert not states_date(article)
    return with_dates(replace(article, published=Field(UNKNOWN_DATE, "none", 0.0)), facts=facts)


def copies(*days: date) -> Alike:
    return Alike(copies=tuple(Neighbour(f"a{day}", day_interval(day), 0.9) for day in days))


def test_neighbours_narrow_with_less_confidence_and_name_themselves(facts: Facts) -> None:
    alike = tuple(Neighbour(f"a{n}", day_interval(DAY + timedelta(days=n)), 0.45) for n in range(8))
    article = undated(facts, *SAID)
    narrow = with_archive(article, facts=facts, alike=Alike(neighbours=alike))
    assert (narrow.published.method, narrow.published.confidence) == ("content and neighbours", 0.75)
    assert narrow.published.confidence < article.published.confidence
    named = [witness.article for witness in narrow.witnesses if isinstance(witness, ArchiveWitness)]
    assert named == ["a0", "a1", "a2", "a3", "a4"]


def test_neighbours_that_hardly_weigh_are_not_listed(facts: Facts) -> None:
    likenesses = (0.45, 0.44, 0.43, 0.42, 0.2)
    alike = tuple(Neighbour(f"a{each}", day_interval(DAY), each) for each in likenesses)
    narrow = with_archive(undated(facts), facts=facts, alike=Alike(neighbours=alike))
    listed = {each.article for each in narrow.witnesses if isinstance(each, ArchiveWitness)}
    assert "a0.45" in listed
    assert "a0.2" not in listed


def test_a_few_words_in_common_make_no_neighbour() -> None:
    index = NeighbourIndex()
    for number in range(30):
        words = [f"word{number}x{place}" for place in range(50)]
        index.add(f"a{number}", " ".join([*words, "ferry"]), published=day_interval(DAY))
    asked = " ".join(f"else{place}" for place in range(50))
    assert index.find(f"{asked} ferry") == ()
    assert index.find(" ".join([asked[:200], *words[:20], "ferry"]))[0].article == "a29"


def test_neighbours_alone_date_nothing(facts: Facts) -> None:
    alike = Alike(neighbours=tuple(Neighbour(f"a{n}", day_interval(DAY), 0.45) for n in range(4)))
    article = with_archive(undated(facts), facts=facts, alike=alike)
    assert not article.published.value.known
    assert not any(witness.used for witness in article.witnesses)


def test_a_stated_date_is_never_touched(facts: Facts) -> None:
    stated = clean_page(text_page("\n\n".join((HEAD, "Published 3 May 2012", *STORY))))
    assert states_date(stated)
    assert with_archive(stated, facts=facts, alike=copies(DAY)) is stated


def test_nothing_alike_changes_nothing(facts: Facts) -> None:
    article = undated(facts, *SAID)
    assert with_archive(article, facts=facts, alike=Alike()) is article


def test_copies_give_the_days_around_theirs(facts: Facts) -> None:
    later = DAY + timedelta(days=3)
    article = with_archive(undated(facts), facts=facts, alike=copies(DAY, later))
    assert article.published.method == "content and copies"
    assert article.published.value == DateInterval(
        DAY - timedelta(days=10), later + timedelta(days=10), "interval"
    )
    captured = with_archive(undated(facts), facts=facts, alike=copies(DAY), captured=DAY + timedelta(days=2))
    assert captured.published.value.end == DAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ((date(2012, 12, 1), date(2014, 1, 1)), "too far apart"),
        ((date(1991, 1, 1),), "another time"),
    ],
)
def test_copies_that_do_not_agree_are_set_aside(facts: Facts, days: tuple[date, ...], reason: str) -> None:
    article = undated(facts, *SAID)
    with_copies = with_archive(article, facts=facts, alike=copies(*days))
    assert with_copies.published == article.published
    told = [each for each in with_copies.witnesses if isinstance(each, ArchiveWitness)]
    assert len(told) == len(days)
    assert all(reason in each.reason and not each.used for each in told)


def test_a_copy_later_than_the_page_is_set_aside(facts: Facts) -> None:
    article = undated(facts)
    captured = DAY - timedelta(days=200)
    assert (
        with_archive(article, facts=facts, alike=copies(DAY), captured=captured).published.method
        != "content and copies"
    )


def test_an_update_alone_bounds_the_publication_from_above() -> None:
    page = text_page("\n\n".join((HEAD, "Updated 5 May 2012", *STORY)))
    article = clean_page(page)
    assert article.updated.value == day_interval(date(2012, 5, 5))
    assert article.published.value == DateInterval(None, date(2012, 5, 5), "interval")
    assert article.published.method == "content and update"
    assert article.published.lines == article.updated.lines != ()
    assert "updated" in article.published.note
    assert "The page was updated on 5 May 2012: not written after." in [
        witness.shows for witness in article.witnesses
    ]


def test_the_earlier_of_update_and_capture_bounds() -> None:
    text = "\n\n".join((HEAD, "Updated 5 May 2012", *STORY))
    article = clean_page(text_page(text, captured_at=datetime(2013, 1, 1, tzinfo=UTC)))
    assert article.published.value.end == date(2012, 5, 5)


def test_a_stated_date_stands_beside_an_update() -> None:
    text = "\n\n".join((HEAD, "Published 3 May 2012", "Updated 5 May 2012", *STORY))
    assert clean_page(text_page(text)).published.value == day_interval(date(2012, 5, 3))


def test_terms_survive_packing() -> None:
    terms = terms_of("The ferry, the FERRY and the quay " * 300)
    again = Terms.unpacked(terms.packed())
    assert terms.hashes.tolist() == again.hashes.tolist() == sorted(terms.hashes.tolist())
    assert terms.counts.tolist() == again.counts.tolist()
    assert terms.counts.sum() <= likeness.MOST_WORDS
    assert len(terms.packed()) == 5 * len(terms.hashes)
    assert terms_of("").packed() == b""


def test_a_text_is_most_like_itself_and_segments_are_merged() -> None:
    texts = {
        f"a{n}": f"{STORY[n % 4]} The pilot of boat {'x' * (n + 2)} agreed with number {n}."
        for n in range(40)
    }
    grown, at_once = NeighbourIndex(), NeighbourIndex()
    for name, text in texts.items():
        grown.add(name, text, published=day_interval(DAY))
        assert grown.alike(terms_of(text), most=1)[0].article == name
        at_once.add(name, text, published=day_interval(DAY))
    assert len(grown) == len(at_once) == 40
    assert len(grown._segments) <= 6  # what keeps searching from growing with every addition
    best = at_once.alike(terms_of(texts["a7"]), most=3)
    assert best[0].article == "a7"
    assert best[0].similarity == pytest.approx(1.0, abs=1e-4)
    assert [each.similarity for each in best] == sorted((each.similarity for each in best), reverse=True)
    assert at_once.alike(terms_of(texts["a7"]), most=3, leave_out="a7")[0].article != "a7"
    assert at_once.alike(terms_of("nothing shared whatsoever"), most=3) == ()
    assert at_once.alike(terms_of(""), most=3) == ()


def test_an_index_that_was_counted_beforehand_says_when_it_has_grown() -> None:
    rarity = Rarity()
    terms = [terms_of(text) for text in STORY]
    for each in terms[:2]:
        rarity.count(each)
    index = NeighbourIndex(rarity)
    for number, each in enumerate(terms[:2]):
        index.hold(str(number), each, published=day_interval(DAY))
    assert not index.grown
    for each in (*terms[2:], terms[0]):
        index.count(each)
    assert index.grown


def test_a_common_word_tells_less() -> None:
    rarity = Rarity()
    for number in range(50):
        rarity.count(terms_of(f"harbour {'x' * (number + 2)}"))
    words, weights = rarity.telling(terms_of("harbour lamp"))
    by_word = dict(zip(words.tolist(), weights.tolist(), strict=True))
    assert by_word[int(terms_of("lamp").hashes[0])] > by_word[int(terms_of("harbour").hashes[0])]
    assert np.square(weights).sum() == pytest.approx(1.0, abs=1e-5)
