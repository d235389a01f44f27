"""The steps on the command line, without a database: their forms are a contract."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import call_command

TEXT = """Harbour talks resume as both sides claim the truce

By Lena Orsk / May 14, 2012

Ilmar Tessedin went back to the table on Monday and said that the cease-fire held in name. The talks, which were broken off three weeks ago, are to run until Thursday, when both delegations return.

"We never left the room," said Osanna Brekk, the deputy foreign minister of Vessa, who told reporters that her government would stay for as long as it took to finish the work.
"""


UNDATED = """Bread and salt

The baker of the lower town has baked the same loaf for thirty years, and he sees no reason to bake another one now.

His daughter, who keeps the books and the shop, has her own views on the matter, and she has begun to sell cakes by the window.
"""


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, stdin: str, *args: str
) -> list[str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
    call_command(command, *args)
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def ask(command: str, *records: object) -> list[dict[str, Any]]:
        lines = "".join(
            (record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records
        )
        return [json.loads(line) for line in run(monkeypatch, capsys, command, lines, "--jsonl")]

    return ask


class TestClean:
    def test_every_key_of_the_contract(self, answers: Any) -> None:
        [article] = answers("clean", {"id": 7, "text": TEXT})
        assert set(article) == {
            "id", "headline", "subtitle", "authors", "outlet", "dateline", "section", "language", "published", "updated", "date_witnesses", "date_mentions", "captions", "source_credits", "page_marker", "paragraphs", "body", "lines",
        }  # fmt: skip
        assert article["id"] == 7
        assert article["headline"] == "Harbour talks resume as both sides claim the truce"
        assert article["authors"] == ["Lena Orsk"]
        assert article["outlet"] is None
        assert article["page_marker"] is None
        published = article["published"]
        assert (published["from"], published["to"], published["precision"]) == (
            "2012-05-14",
            "2012-05-14",
            "day",
        )
        assert published["evidence"]["lines"] == [3]
        assert article["body"] == "\n\n".join(article["paragraphs"])
        assert [line["n"] for line in article["lines"]] == list(range(1, len(TEXT.splitlines()) + 1))
        assert all(line["reason"] for line in article["lines"])

    def test_an_unknown_date_is_null_on_both_ends(self, answers: Any) -> None:
        [article] = answers("clean", {"id": 1, "text": UNDATED})
        published = article["published"]
        assert (published["from"], published["to"], published["precision"]) == (None, None, "unknown")

    def test_html_and_text_keep_their_order_and_a_bad_record_stops_nothing(self, answers: Any) -> None:
        html = f"<html><body><article><h1>Talks</h1><p>{TEXT}</p></article></body></html>"
        found = answers(
            "clean", {"id": "a", "html": html}, "{not json", {"id": "b"}, "[]", {"id": "c", "text": TEXT}
        )
        assert [record["id"] for record in found] == ["a", None, "b", None, "c"]
        assert ["error" in record for record in found] == [False, True, True, True, False]

    def test_half_a_character_is_an_error_of_that_record_alone(self, answers: Any) -> None:
        bad, good = answers("clean", '{"id": 1, "text": "abc \\ud800"}', {"id": 2, "text": TEXT})
        assert bad["id"] == 1
        assert "error" in bad
        assert "error" not in good


class TestMentions:
    def test_every_key_of_the_contract(self, answers: Any) -> None:
        body = TEXT.split("\n\n", 2)[2]
        [found] = answers("mentions", {"id": 1, "text": body})
        assert set(found) == {"id", "mentions", "actors", "quotes"}
        assert all(body[each["start"] : each["end"]] == each["surface"] for each in found["mentions"])
        names = {actor["name"]: actor for actor in found["actors"]}
        assert names["Osanna Brekk"]["kind"] == "person"
        assert names["Osanna Brekk"]["roles"]
        [quote] = [each for each in found["quotes"] if "never left" in body[each["start"] : each["end"]]]
        assert (quote["speaker"], quote["cue"], quote["via"]) == ("Osanna Brekk", "said", None)

    def test_resolved_every_mention_says_whose_it_is(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        texts = (
            "Osanna Brekk, the deputy foreign minister of Vessa, met Tomas Orsk in Karrin on Monday.",
            "Tomas Orsk said that Osana Brekk had left Karrin.",
        )
        lines = "".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts))
        first, second = map(json.loads, run(monkeypatch, capsys, "mentions", lines, "--jsonl", "--resolve"))
        whose = [
            {each["surface"]: each["actor"] for each in record["mentions"]} for record in (first, second)
        ]
        assert whose[0]["Osanna Brekk"] == whose[1]["Osana Brekk"] != whose[0]["Tomas Orsk"]
        assert whose[0]["Tomas Orsk"] == whose[1]["Tomas Orsk"]
        assert whose[0]["Karrin"] == whose[1]["Karrin"]
        [brekk] = [one for one in second["actors"] if one["name"] == "Osana Brekk"]
        assert brekk["actor"] == whose[0]["Osanna Brekk"]
        assert 0.85 <= brekk["score"] < 1
        assert "is a spelling of Osanna Brekk" in brekk["reason"]

    def test_a_record_without_text_is_an_error_of_that_record_alone(self, answers: Any) -> None:
        bad, good = answers("mentions", {"id": 1}, {"id": 2, "text": ""})
        assert "error" in bad
        assert good == {"id": 2, "mentions": [], "actors": [], "quotes": []}


def test_names_are_scored_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "Abd el-Harun Siedi\tAbdul Harun Seedy\nOsanna Brekk\tTomas Brekk\nalone\n"
    same, different, bad = run(monkeypatch, capsys, "compare_names", lines, "--tsv")
    assert float(same) >= 0.85 > float(different)
    assert bad.startswith("error")
