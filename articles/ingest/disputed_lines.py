"""Keeping which lines of an article were taken out though they read like the story."""

from __future__ import annotations

from articles.clean.article import CleanArticle
from articles.clean.lexicons import line_key
from articles.clean.line_marks import phrase_of
from articles.clean.lines import plain
from articles.clean.outlet_phrases import phrase_key
from articles.models import Article, DisputedLine
from articles.models.disputed_line import LONGEST_SHOWN


def disputed_lines(clean: CleanArticle) -> dict[str, tuple[int, str, str, str]]:
    """Return the disputed lines of a reading: by their phrase the number, the text, what says no and what says yes.

    Of a hard-wrapped line the first counts. Lines that no mark could name are left out.
    """
    found: dict[str, tuple[int, str, str, str]] = {}
    before = ("", "")
    for line in clean.lines:
        if line.overruled and (line.reason, line.overruled) != before:
            text = plain(line.text)
            if line_key(text):
                phrase = phrase_key(phrase_of(text))[:LONGEST_SHOWN]
                found.setdefault(phrase, (line.number, text[:LONGEST_SHOWN], line.reason, line.overruled))
        before = line.reason, line.overruled
    return found


def write_disputed_lines(article: Article, clean: CleanArticle) -> None:
    """Store the disputed lines of a reading in the place of those of the reading before."""
    DisputedLine.objects.filter(article=article).delete()
    DisputedLine.objects.bulk_create(
        DisputedLine(article=article, number=number, phrase=phrase, text=text, says_no=no, says_yes=yes)
        for phrase, (number, text, no, yes) in disputed_lines(clean).items()
    )
