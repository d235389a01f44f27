"""The facts of the repository, and what a bad file is told."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from articles.clean.dating import Facts, FactsError, load_facts
from articles.clean.dating.cues import CueBook, CueError
from articles.clean.dating.sentences import split_body


@pytest.fixture(scope="module")
def own() -> Facts:
    return load_facts()


def test_every_fact_has_a_source_a_label_and_a_first_day(own: Facts):
    assert len(own.dated) > 300
    for fact in own.dated:
        assert fact.source.strip()
        assert fact.label.strip()
        assert fact.when.start is not None
        assert "http" not in fact.source


def test_an_event_is_a_day_or_a_month(own: Facts):
    for fact in own.dated:
        if fact.kind == "event":
            assert fact.when.start is not None
            assert fact.when.end is not None
            assert (fact.when.end - fact.when.start).days <= 31, fact.id


def test_a_holder_is_not_twice_in_one_office_at_once(own: Facts):
    terms = sorted(
        (o.holder, o.titles[0], o.of, o.when.start or date.min, o.when.end or date.max) for o in own.offices
    )
    for one, other in pairwise(terms):
        assert one[:3] != other[:3] or one[4] <= other[3], (one, other)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ('[[event]]\nid = "x"', "source"),
        (
            'source = "s"\n[[event]]\nid = "x"\non = "2012-30"\nlabel = "l"\ncues = ["a"]\nsource = "s"',
            "2012-30",
        ),
        ('source = "s"\n[[event]]\nid = "x"\non = "2012"\nlabel = "l"\nsource = "s"', "cues"),
        (
            'source = "s"\n[[condition]]\nid = "x"\nfrom = "2013"\nto = "2012"\nlabel = "l"\ncues = ["a"]\nsource = "s"',
            "before",
        ),
        (
            'source = "s"\n[[name]]\nid = "x"\nsince = "2013"\nlabel = "l"\ncues = ["$none"]\nsource = "s"',
            "$none",
        ),
        ("source = ", "TOML"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_mend(tmp_path: Path, text: str, cure: str):
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=cure.replace("$", r"\$")):
        load_facts(file)


@pytest.mark.parametrize(
    ("cue", "text", "found"),
    [
        ("ferry & sank", "The ferry sank.", True),
        ("ferry & sank", "The ferry sails.", False),
        ("ferry & !sank", "The ferry sank.", False),
        ("ferr* & sank|sunk", "Tankers were sunk.", False),
        ("ferr* & sank|sunk", "Ferry boats were sunk.", True),
        ("IS", "That is all.", False),
        ("IS", "Fighters of IS fled.", True),
        ("port aldis", "In Port-Aldis it rained.", True),
        ("$boats & sank", "The cutter sank.", True),
        ("juhn", "Juhn's plan.", True),
    ],
)
def test_cues(cue: str, text: str, *, found: bool):
    book = CueBook([("key", cue)], {"boats": "ferry|cutter"})
    (sentence,) = split_body([text])
    assert bool(book.hits(sentence)) is found


@pytest.mark.parametrize("cue", ["", "!ferry", "ferry & |"])
def test_an_empty_cue_is_refused(cue: str):
    with pytest.raises(CueError):
        CueBook([("key", cue)], {})
