"""Dating by content, on sentences of an invented world."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.clean.article import DateInterval
from articles.clean.dates import day_interval
from articles.clean.dating import (
    Dating,
    Facts,
    Kind,
    Neighbour,
    NeighbourIndex,
    check_stated,
    date_by_content,
)

FILLER = "The harbour was quiet in the evening."


def dated(facts: Facts, *paragraphs: str) -> Dating:
    return date_by_content(paragraphs, facts=facts)


def kinds(dating: Dating) -> set[Kind]:
    return {piece.kind for piece in dating.evidence}


def holds(dating: Dating, day: date) -> bool:
    interval = dating.interval
    return (not interval.start or interval.start <= day) and (not interval.end or day <= interval.end)


def test_nothing_to_go_by_is_unknown_and_not_today(facts: Facts):
    dating = dated(facts, FILLER)
    assert not dating.interval.known
    assert dating.edtf == ""
    assert dating.confidence == 0.0


def test_a_weekday_alone_fits_any_year(facts: Facts):
    dating = dated(facts, "Two boats burned on Tuesday, the harbour master said.")
    assert not dating.interval.known
    assert [piece.reason for piece in dating.set_aside] == ["Alone it fits any year."]


def test_an_office_with_two_ends_gives_an_interval(facts: Facts):
    dating = dated(facts, "President-elect Marko Juhn will visit Lethmark.")
    assert Kind.OFFICE in kinds(dating)
    assert holds(dating, date(2015, 5, 10))
    assert dating.interval.end is not None
    assert dating.interval.end < date(2015, 7, 1)


@pytest.mark.parametrize("sentence", ["Juhn.", "Marko Juhn.", "The Juhn.", "Juhn spoke."])
def test_a_name_with_less_before_it_than_a_title_has_is_no_office(facts: Facts, sentence: str):
    assert not dated(facts, sentence).interval.known


def test_a_former_office_is_a_bound(facts: Facts):
    dating = dated(facts, "Former foreign minister Marko Juhn spoke.", "The Valleys League listened.")
    assert Kind.FORMER in kinds(dating)
    assert dating.interval.end is None
    assert dating.interval.start is not None


def test_then_binds_the_start_only(facts: Facts):
    dating = dated(facts, "It was agreed by then foreign minister Marko Juhn.")
    office = next(piece for piece in (*dating.evidence, *dating.set_aside) if piece.kind is Kind.OFFICE)
    assert office.window == DateInterval(date(2010, 1, 15), None, "interval")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("The ferry Selm sank a week ago.", date(2012, 5, 28)),
        ("The ferry Selm sank last month.", date(2012, 6, 15)),
        ("The ferry Selm sank in May last year.", date(2013, 4, 2)),
        ("The ferry Selm sank on Monday.", date(2012, 5, 22)),
        ("The ferry Selm, which sank in May, has been raised.", date(2012, 9, 1)),
    ],
)
def test_an_event_with_its_distance_gives_an_interval(facts: Facts, said: str, day: date):
    dating = dated(facts, said)
    assert Kind.TIMED in kinds(dating)
    assert holds(dating, day)
    assert dating.interval.end is not None


def test_a_weekday_of_another_day_is_not_the_events(facts: Facts):
    dating = dated(facts, "On Thursday divers found the bell of the ferry Selm that sank.")
    assert Kind.TIMED not in kinds(dating)


def test_an_announced_meeting_bounds_from_above(facts: Facts):
    dating = dated(facts, "Tessedin will meet Juhn on Tuesday.")
    assert holds(dating, date(2013, 9, 8))
    assert dating.interval.end is not None
    assert dating.interval.end < date(2013, 10, 1)


def test_a_planned_event_is_not_told_as_past(facts: Facts):
    dating = dated(facts, "The Harbour Accord will be signed in spring.")
    assert not dating.interval.known


def test_a_condition_and_a_total_agree(facts: Facts):
    dating = dated(
        facts, "Hessek is besieged.", "The conflict has killed more than 7,000 people, the Provinces say."
    )
    assert {Kind.CONDITION, Kind.TOTAL} <= kinds(dating)
    assert holds(dating, date(2012, 12, 10))
    start, end = dating.interval.start, dating.interval.end
    assert start is not None
    assert end is not None
    assert (end - start).days < 200


def test_an_age_of_the_war_needs_its_subject(facts: Facts):
    with_subject = dated(facts, "The fighting in the strait began 16 months ago.")
    assert holds(with_subject, date(2013, 3, 8))
    assert with_subject.interval.end is not None
    assert not dated(facts, "The fighting began 16 months ago.").interval.known


def test_evidence_that_contradicts_is_set_aside_with_a_reason(facts: Facts):
    dating = dated(
        facts,
        "Hessek is besieged.",
        "The conflict has killed more than 7,000 people since it began.",
        "The Harbour Accord is remembered.",
    )
    assert [piece.fact for piece in dating.set_aside] == ["event:accord"]
    assert holds(dating, date(2012, 12, 10))
    assert dating.confidence <= 0.5
    assert all(piece.reason for piece in dating.set_aside)


def test_offsets_are_those_of_the_body(facts: Facts):
    paragraphs = [FILLER, f"{FILLER} Hessek is besieged."]
    body = "\n\n".join(paragraphs)
    dating = date_by_content(paragraphs, facts=facts)
    for piece in (*dating.evidence, *dating.set_aside):
        assert body[piece.start : piece.end] == piece.quote


def test_a_capture_bounds_from_above(facts: Facts):
    dating = date_by_content(["The Valleys League met."], facts=facts, not_after=date(2012, 6, 1))
    assert holds(dating, date(2012, 3, 1))
    assert dating.interval.end is not None
    assert dating.interval.end <= date(2012, 6, 10)


def test_agreeing_neighbours_narrow_and_near_copies_do_not(facts: Facts):
    said = ["Hessek is besieged.", "The conflict has killed more than 7,000 people since it began."]
    alike = [Neighbour(f"a{n}", day_interval(date(2012, 12, 10 + n)), 0.45) for n in range(4)]
    narrow = date_by_content(said, facts=facts, neighbours=alike)
    assert narrow.method == "content and neighbours"
    assert holds(narrow, date(2012, 12, 12))
    copies = [Neighbour("copy", day_interval(date(2012, 12, 10)), 0.9)]
    assert date_by_content(said, facts=facts, neighbours=copies).method == "content"


def test_the_index_finds_what_is_alike_and_leaves_out_copies():
    index = NeighbourIndex()
    story = "A convoy with flour and medicine reached the quarter of Hessek behind the old harbour wall."
    index.add("copy", story, published=day_interval(date(2012, 12, 1)))
    index.add(
        "alike",
        "Lorries with blankets came to Hessek by night, past the wall of the cemetery.",
        published=day_interval(date(2012, 12, 3)),
    )
    index.add(
        "other", "Stamps for the strait were shown to collectors.", published=day_interval(date(2014, 1, 1))
    )
    index.add("undated", story, published=DateInterval(None, None, "unknown"))
    found = index.find(story)
    assert next(neighbour.article for neighbour in found) == "alike"
    assert "copy" not in [neighbour.article for neighbour in found]
    assert index.find(story, leave_out="alike") != found


@pytest.mark.parametrize("day", [date(2012, 12, 1), date(2013, 2, 1)])
def test_a_stated_date_that_fits_is_let_pass(facts: Facts, day: date):
    assert check_stated(
        day_interval(day), dated(facts, "Hessek is besieged. The Valleys League met.")
    ).consistent


def test_a_stated_date_far_outside_is_doubted_with_evidence(facts: Facts):
    dating = dated(
        facts,
        "Hessek is besieged.",
        "The conflict has killed more than 7,000 people.",
        "The Valleys League met.",
    )
    check = check_stated(day_interval(date(2017, 5, 5)), dating)
    assert not check.consistent
    assert check.evidence
    assert "2017" in check.reason


def test_the_day_of_the_crawl_needs_the_contents_consent(facts: Facts):
    crawl = date(2026, 11, 22)
    dating = dated(facts, FILLER)
    assert not check_stated(day_interval(crawl), dating, captured=crawl).consistent
    assert check_stated(day_interval(crawl), dating).consistent


def test_the_weekday_is_a_hint_only(facts: Facts):
    dating = dated(facts, "Two boats burned on Tuesday, the harbour master said.")
    check = check_stated(day_interval(date(2012, 12, 14)), dating)
    assert check.consistent
    assert check.weekday_fits is False


PIECES = st.sampled_from(
    [
        "President-elect Marko Juhn",
        "Former foreign minister Marko Juhn",
        "Hessek is besieged.",
        "The ferry Selm sank",
        "a week ago",
        "last Monday",
        "in May last year.",
        "30 February",
        "more than 7,000 killed in the war on the strait.",
        "16 months ago the war in the strait began.",
        "since 9999.",
        "during Ramadan",
        "Aprİl 5, 2012",
        "said Friday.",
        "İı",
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map(" ".join)), max_size=6),
    st.dates(),
)
def test_never_raises_and_never_ends_before_it_starts(facts: Facts, paragraphs: list[str], day: date):
    dating = date_by_content(paragraphs, facts=facts, published=day_interval(day), not_after=day)
    start, end = dating.interval.start, dating.interval.end
    assert start is None or end is None or start <= end
    assert 0 <= dating.confidence <= 1
    assert check_stated(day_interval(day), dating, captured=day).reason
