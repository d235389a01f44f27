"""What other pages of an outlet teach: their common lines go, shared stories stay."""

from __future__ import annotations

from articles.clean import OutletMemory, clean_page, fingerprints, remember
from articles.clean.article import CleanArticle, Label
from articles.clean.outlet_memory import FEWEST_PAGES
from tests.clean.raw_pages import STORY, text_page

HEAD = "Harbour to open to ships"
APPEAL = "The lamp in our office burns on what its friends bring, and this winter the oil is short again."


def other_pages(*lines: str, count: int) -> list[str]:
    """Pages of the outlet with different stories, each with these lines."""
    return [
        "\n\n".join((f"Story {n}", f"Fisherman {'x' * n} came home late that day with {n} fish.", *lines))
        for n in range(count)
    ]


def clean(*lines: str, memory: OutletMemory | None) -> CleanArticle:
    return clean_page(text_page("\n\n".join(lines)), memory=memory)


def label_of(article: CleanArticle, text: str) -> Label:
    return next(line.label for line in article.lines if line.text == text)


def test_a_line_of_three_other_pages_is_chrome_with_its_reason() -> None:
    memory = remember(other_pages(APPEAL, count=FEWEST_PAGES))

    article = clean(HEAD, *STORY[:2], APPEAL, *STORY[2:], memory=memory)

    assert label_of(article, APPEAL) is Label.CHROME
    assert "3 other pages" in next(line.reason for line in article.lines if line.text == APPEAL)
    assert [paragraph.text for paragraph in article.paragraphs] == list(STORY)


def test_two_pages_are_not_enough() -> None:
    memory = remember(other_pages(APPEAL, count=FEWEST_PAGES - 1))

    assert label_of(clean(HEAD, *STORY[:2], APPEAL, *STORY[2:], memory=memory), APPEAL) is Label.BODY


def test_copies_of_one_story_count_as_one_page() -> None:
    copies = ["\n\n".join((HEAD, *STORY))] * 5

    assert remember(copies).count("harbour to open to ships") == 1


def test_a_long_shared_passage_stays() -> None:
    memory = OutletMemory(dict.fromkeys(fingerprints("\n".join(STORY)), 9))
    more = [
        f"{paragraph} And the pilot of boat {n} agreed with that." for n, paragraph in enumerate(STORY * 2)
    ]

    article = clean(HEAD, *more[:4], *STORY[:3], *more[4:], memory=memory)

    assert all(label_of(article, paragraph) is Label.BODY for paragraph in STORY[:3])


def test_without_a_memory_nothing_changes() -> None:
    assert clean(HEAD, *STORY, memory=None) == clean(HEAD, *STORY, memory=OutletMemory({}))
