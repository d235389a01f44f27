"""The page as it came, line by line, with what the cleaner made of each line and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from articles.capture.page import RawPage
from articles.clean.article import Label
from articles.clean.html_lines import lines_of
from articles.models import Article, Cleaning

# What a label is called on the page, where its own name is a word of the trade.
LABEL_WORDS = {
    Label.CHROME.value: "not the article",
    Label.SOURCE.value: "news agency",
    Label.CREDIT.value: "picture credit",
    Label.CAPTION.value: "picture caption",
    Label.BODY.value: "text",
}
# Labels of lines that are not in the article; the rest was kept, as text or as a field.
NOT_KEPT = {Label.CHROME.value, Label.BLANK.value}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the page. `label` is empty where the cleaner said nothing about it."""

    number: int
    text: str
    label: str
    reason: str

    @property
    def blank(self) -> bool:
        """True when there is nothing to read in it."""
        return not self.text.strip()

    @property
    def removed(self) -> bool:
        """True when the line is no part of the article, and is not blank."""
        return not self.blank and self.label in NOT_KEPT

    @property
    def label_words(self) -> str:
        """What the line was taken for, in a reader's words."""
        return LABEL_WORDS.get(self.label, self.label)

    def with_text(self, text: str) -> SourceLine:
        """Return the same line with other words to show."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class LineCounts:
    """How many lines of a page were kept and removed; blank ones are not counted."""

    kept: int
    removed: int
    by_label: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All lines that have something in them."""
        return self.kept + self.removed


def source_lines(article: Article) -> tuple[SourceLine, ...]:
    """Return every line of the article's page, numbered from 1 as the cleaner counts, with what it said."""
    cleaning = Cleaning.objects.filter(article=article).first()
    verdicts = {number: (label, reason) for number, label, reason in cleaning.lines} if cleaning else {}
    return tuple(
        SourceLine(number, text, *verdicts.get(number, ("", "")))
        for number, text in enumerate(_texts(article.page.as_raw_page()), start=1)
    )


def _texts(page: RawPage) -> list[str]:
    """Return a page's lines: those of the file, or of the text that an HTML page shows."""
    if page.media_type != "text/html":
        return page.text.splitlines()
    return [line.text for line in lines_of(page.text)]


def count_lines(lines: tuple[SourceLine, ...]) -> LineCounts:
    """Count what was kept and what was removed."""
    full = [line for line in lines if not line.blank]
    removed = sum(line.removed for line in full)
    labels: dict[str, int] = {}
    for line in full:
        labels[line.label or "unlabelled"] = labels.get(line.label or "unlabelled", 0) + 1
    often = sorted(labels.items(), key=lambda item: -item[1])
    return LineCounts(kept=len(full) - removed, removed=removed, by_label=tuple(often))
