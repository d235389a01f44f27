from __future__ import annotations

from articles.clean import clean_page
from articles.clean.article import CleanArticle, Label
from tests.clean.raw_pages import STORY, text_page


def clean(*lines: str) -> CleanArticle:
    return clean_page(text_page("\n\n".join(lines)))


def label_of(article: CleanArticle, text: str) -> Label:
    return next(line.label for line in article.lines if line.text == text)


def test_headline_standfirst_byline_body() -> None:
    article = clean(
        "Harbour to open to ships", "The quay will be ready before summer.", "By Jane Roe", *STORY
    )

    assert article.headline.value == "Harbour to open to ships"
    assert article.subtitle.value == "The quay will be ready before summer."
    assert article.authors.value == ("Jane Roe",)
    assert [paragraph.text for paragraph in article.paragraphs] == list(STORY)


def test_a_first_paragraph_without_a_separator_is_body() -> None:
    article = clean("Harbour to open to ships", *STORY)

    assert article.subtitle.value is None
    assert len(article.paragraphs) == len(STORY)


def test_a_subhead_inside_the_story_is_body() -> None:
    article = clean("Harbour to open to ships", *STORY[:2], "Who is to pay", *STORY[2:])

    assert label_of(article, "Who is to pay") is Label.BODY


def test_a_link_inside_the_story_is_not() -> None:
    article = clean("Harbour to open to ships", *STORY[:2], "Skip to next paragraph", *STORY[2:])

    assert label_of(article, "Skip to next paragraph") is Label.CHROME
    assert [paragraph.text for paragraph in article.paragraphs] == list(STORY)


def test_little_prose_behind_the_comments_heading_is_cut_much_is_not() -> None:
    teaser = "A lighthouse keeper lends her books by boat and has lost only two of them to the sea."
    cut = clean("Harbour to open to ships", *STORY, "Read more", teaser)
    kept = clean("Harbour to open to ships", STORY[0], "Read more", *STORY[1:])

    assert label_of(cut, teaser) is Label.CHROME
    assert "where the story is over" in next(line.reason for line in cut.lines if line.text == teaser)
    assert len(kept.paragraphs) == len(STORY)


def test_a_cut_off_copy_of_the_caption_is_not_the_headline() -> None:
    article = clean(
        "Harbour to open to ships",
        "The minister Jane Roe on the quay of the",
        "The minister Jane Roe on the quay of the harbour (Photo: Ann Doe)",
        *STORY,
    )

    assert article.headline.value == "Harbour to open to ships"
    assert article.captions[0].photographer == "Ann Doe"
    assert [paragraph.text for paragraph in article.paragraphs] == list(STORY)


def test_the_same_paragraph_twice_is_kept_once() -> None:
    article = clean("Harbour to open to ships", *STORY, STORY[1])

    assert [paragraph.text for paragraph in article.paragraphs] == list(STORY)


def test_a_list_keeps_its_marks_in_the_body() -> None:
    article = clean(*STORY[:2], f"* {STORY[2]}", f"* {STORY[3]}")

    assert article.paragraphs[2].text.startswith("* The council")


def test_a_note_about_the_author_is_not_the_story() -> None:
    article = clean(
        "Harbour to open to ships", "By Jane Roe", *STORY, "Jane Roe is our correspondent on the coast."
    )

    assert [paragraph.text for paragraph in article.paragraphs] == list(STORY)


def test_a_page_without_prose_has_no_body() -> None:
    article = clean("Home", "World", "Sport")

    assert article.paragraphs == ()
    assert article.headline.value is None
    assert {line.label for line in article.lines} == {Label.CHROME, Label.BLANK}
