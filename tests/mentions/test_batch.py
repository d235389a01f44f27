"""Articles read together come out as articles read one by one."""

from __future__ import annotations

from articles.mentions import ArticleTexts, Kind, MentionFinder
from articles.mentions.model import _load

BODY = "Ivo Karstan met Dora Wenck in Vell. Karstan said that the talks had failed."
OTHER = "The Lake League sent observers. \u201cWe are late,\u201d said Piet Larsen of the Lake League."


def test_the_same_as_one_after_the_other(finder: MentionFinder) -> None:
    asked = [
        ArticleTexts(
            {"body": [BODY], "headline": ["Wenck Meets Karstan In Vell Over Ferries"], "source": ["CW"]}
        ),
        ArticleTexts({"body": [OTHER], "caption": ["Piet Larsen (l.) at sea.", "Dora Wenck in Vell."]}),
    ]
    together = finder.find_batch(asked)
    body = finder.find(BODY)
    headline = finder.find("Wenck Meets Karstan In Vell Over Ferries", zone="headline", known=body.names)
    source = finder.find("CW", zone="source")
    assert together[0] == {"body": (body,), "headline": (headline,), "source": (source,)}
    other = finder.find(OTHER)
    captions = finder.find_many(
        ["Piet Larsen (l.) at sea.", "Dora Wenck in Vell."], zone="caption", known=other.names
    )
    assert together[1] == {"body": (other,), "caption": tuple(captions)}


def test_a_headline_is_read_with_the_names_of_its_own_body(finder: MentionFinder) -> None:
    headline = "Karstan Calls Talks A Failure"
    with_body, without = finder.find_batch(
        [
            ArticleTexts({"body": [BODY], "headline": [headline]}),
            ArticleTexts({"body": [OTHER], "headline": [headline]}),
        ]
    )
    named = [name.surface for name in with_body["headline"][0].names if name.kind is Kind.PERSON]
    assert named == ["Karstan"]
    assert without["body"][0] == finder.find(OTHER)


def test_no_articles_and_empty_ones(finder: MentionFinder) -> None:
    assert finder.find_batch([]) == []
    assert finder.find_batch([ArticleTexts({})]) == [{}]


def test_the_pipeline_holds_nothing_but_the_recogniser() -> None:
    """The packaged model's shared vectors serve nobody but the parts that are left out."""
    assert _load(None).pipe_names == ["ner"]
