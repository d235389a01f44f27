"""Citations read back by a library made for each format: what comes out is what went in."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    MergeNameParts,
    SeparateCoAuthors,
    SplitNameParts,
)
from citeproc.source.json import CiteProcJSON

from articles.citation import Citation, PersonName, person_name, to_bibtex, to_coins, to_csl, to_meta, to_ris
from articles.citation.bibtex import escaped
from articles.clean.article import UNKNOWN_DATE, DateInterval

DAY = DateInterval(date(2012, 7, 2), date(2012, 7, 2), "day")
MONTH = DateInterval(date(2012, 7, 1), date(2012, 7, 31), "month")
YEAR = DateInterval(date(2012, 1, 1), date(2012, 12, 31), "year")
SPRING = DateInterval(date(2012, 3, 4), date(2012, 5, 7), "interval")
WINTER = DateInterval(date(2011, 12, 4), date(2012, 2, 7), "interval")
SINCE = DateInterval(date(2011, 12, 4), None, "interval")
DATES = [DAY, MONTH, YEAR, SPRING, WINTER, SINCE, UNKNOWN_DATE]

HEADLINES = [
    "Harbour talks go on",
    "Переговоры в гавани — “no end” 港",
    "محادثات الميناء",
    "50% of {grain} & $5 tolls_ #harbour ~ C:\\ports",
    "A { that nobody closed",
    "} and the other way",
    "'Twas -- they said --- ``quoted'' at sea",
    "Ends with a backslash \\",
    "Line\nbroken\ttwice",
    "",
]
AUTHORS = (
    PersonName("van Gogh", "Ilse"),
    PersonName("Brekk", "Osanna", "Jr."),
    PersonName("Ħalf-Ōrm", "Žoë A."),
)


def citation(**given: Any) -> Citation:
    known: dict[str, Any] = {
        "key": "abcdefgh2345",
        "headline": "Harbour talks go on",
        "kept_at": "https://archive.example/articles/abcdefgh2345/",
        "archive": "Dateline",
        "authors": AUTHORS,
        "outlet": "The Selmouth & Karrin Courier",
        "published": DAY,
        "language": "en",
        "dateline": "Karrin",
        "section": "World",
        "url": "https://courier.example/talks?id=1&page={2}",
    }
    return Citation(**known | given)


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("published", DATES, ids=str)
@pytest.mark.parametrize("headline", HEADLINES)
def test_ris(headline: str, published: DateInterval) -> None:
    cited = citation(headline=headline, published=published)
    [read] = rispy.loads(to_ris(cited))
    assert read["type_of_reference"] == "NEWS"
    assert read["title"] == one_line(cited.title)
    assert read["authors"] == ["van Gogh, Ilse", "Brekk, Osanna, Jr.", "Ħalf-Ōrm, Žoë A."]
    assert (read["secondary_title"], read["accession_number"]) == (cited.outlet, cited.key)
    assert read["urls"] == [cited.kept_at]
    assert read["language"] == "en"
    told = {
        id(DAY): ("2012", "2012/07/02/"),
        id(MONTH): ("2012", "2012/07//"),
        id(YEAR): ("2012", "2012///"),
        id(SPRING): ("2012", "2012///"),
    }.get(id(published), (None, None))
    assert (read.get("year"), read.get("date")) == told
    edtf = {
        id(SPRING): "2012-03-04/2012-05-07",
        id(WINTER): "2011-12-04/2012-02-07",
        id(SINCE): "2011-12-04/..",
    }
    assert edtf.get(id(published), "") in " ".join(read["notes"])
    assert ("No date of publication is known." in read["notes"]) == (published is UNKNOWN_DATE)


@pytest.mark.parametrize("published", DATES, ids=str)
@pytest.mark.parametrize("headline", HEADLINES)
def test_bibtex(headline: str, published: DateInterval) -> None:
    cited = citation(headline=headline, published=published)
    library = bibtexparser.parse_string(
        to_bibtex(cited) + to_bibtex(citation(key="second")),
        append_middleware=[
            LatexDecodingMiddleware(),
            SeparateCoAuthors(),
            SplitNameParts(),
            MergeNameParts("last"),
        ],
    )
    assert library.failed_blocks == []
    read, second = library.entries
    assert (read.entry_type, read.key, second.key) == ("article", cited.key, "second")
    assert read["title"] == one_line(cited.title)
    assert read["author"] == ["van Gogh, Ilse", "Brekk, Jr., Osanna", "Ħalf-Ōrm, Žoë A."]
    assert read["journaltitle"] == cited.outlet
    assert read["url"] == cited.kept_at
    # An address is no TeX: what undoes TeX's escapes must not touch it.
    assert "  origurl = {https://courier.example/talks?id=1&page=%7B2%7D},\n" in to_bibtex(cited)
    dates = [
        "2012-07-02",
        "2012-07",
        "2012",
        "2012-03-04/2012-05-07",
        "2011-12-04/2012-02-07",
        "2011-12-04/..",
        None,
    ]
    assert (
        read.get("date", None) is None
        if published is UNKNOWN_DATE
        else read["date"] == dates[DATES.index(published)]
    )


@pytest.mark.parametrize("published", DATES, ids=str)
@pytest.mark.parametrize("headline", HEADLINES)
def test_csl(headline: str, published: DateInterval) -> None:
    cited = citation(headline=headline, published=published)
    read = CiteProcJSON([to_csl(cited)])[cited.key]
    assert read.type == "article-newspaper"
    assert str(read.title) == cited.title
    assert [(name["family"], name["given"], name.get("suffix")) for name in read.author] == [
        ("van Gogh", "Ilse", None),
        ("Brekk", "Osanna", "Jr."),
        ("Ħalf-Ōrm", "Žoë A.", None),
    ]
    assert str(read.container_title) == cited.outlet
    assert str(read.URL) == cited.kept_at
    if published in (SINCE, UNKNOWN_DATE):
        assert "issued" not in read
    elif published in (SPRING, WINTER):
        assert published.start is not None
        assert published.end is not None
        ends = (read.issued.begin, read.issued.end)
        assert [(end.year, end.month, end.day) for end in ends] == [
            (day.year, day.month, day.day) for day in (published.start, published.end)
        ]
    else:
        assert read.issued.year == 2012  # of all three


@pytest.mark.parametrize("published", DATES, ids=str)
def test_coins_and_meta(published: DateInterval) -> None:
    cited = citation(headline="Talks & “tolls” {港}", published=published)
    read = parse_qs(to_coins(cited))
    assert read["rft.atitle"] == [cited.headline]
    assert (read["rft.aulast"], read["rft.aufirst"]) == (["van Gogh"], ["Ilse"])
    assert read["rft.au"] == ["Osanna Brekk Jr.", "Žoë A. Ħalf-Ōrm"]
    dates = [["2012-07-02"], ["2012-07"], ["2012"], ["2012"], None, None, None]
    assert read.get("rft.date") == dates[DATES.index(published)]
    meta = to_meta(cited)
    assert ("citation_author", "van Gogh, Ilse") in meta
    assert dict(meta).get("citation_publication_date") == (dates[DATES.index(published)] or [None])[0] or (
        published in (DAY, MONTH) and dict(meta)["citation_publication_date"] in {"2012/07/02", "2012/07"}
    )


def test_a_date_read_off_the_content_is_cited_as_uncertain() -> None:
    cited = citation(published=SPRING, dated_by_content=True)
    assert "EDTF): 2012-03-04?/2012-05-07?, found by what the article says." in to_ris(cited)
    assert "date = {2012-03-04?/2012-05-07?}" in to_bibtex(cited)
    assert to_csl(cited)["issued"]["circa"] is True


def test_what_is_not_known_is_left_out() -> None:
    bare = Citation(key="k", headline="", kept_at="https://archive.example/k/", archive="Dateline")
    assert [line[:2] for line in to_ris(bare).split("\r\n") if line] == [
        "TY",
        "ID",
        "TI",
        "DB",
        "AN",
        "UR",
        "N1",
        "N1",
        "ER",
    ]
    assert "author" not in to_bibtex(bare)
    assert to_csl(bare).keys() == {"id", "type", "title", "URL", "archive", "archive_location", "note"}
    assert "Without a headline" in to_coins(bare).replace("+", " ")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Osanna Brekk", ("Brekk", "Osanna", "")),
        ("Ilse van der Valk", ("van der Valk", "Ilse", "")),
        ("Joren T. Dravik Jr.", ("Dravik", "Joren T.", "Jr.")),
        ("Tilda Ondry III", ("Ondry", "Tilda", "III")),
        ("Moaz al-Hessek", ("al-Hessek", "Moaz", "")),
        ("Sukarna", ("Sukarna", "", "")),
        ("港口人", ("港口人", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_name_in_its_parts(name: str, parts: tuple[str, str, str]) -> None:
    found = person_name(name)
    assert (found.family, found.given, found.suffix) == parts
    assert str(found) == name


def test_no_author_is_taken_apart_who_has_one_name() -> None:
    assert "author = {{Sukarna}}" in to_bibtex(citation(authors=(person_name("Sukarna"),)))
    assert to_csl(citation(authors=(person_name("Sukarna"),)))["author"] == [{"literal": "Sukarna"}]


def test_a_caret_is_written_as_tex_wants_it() -> None:
    assert escaped("2^10") == r"2{\textasciicircum}10"
