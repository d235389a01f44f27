"""Taking a ruling back, whatever it is about."""

from __future__ import annotations

from articles.curate import actors
from articles.curate.articles import Person, undo
from articles.curate.lines import undo_line
from articles.curate.shelves import undo_shelving
from articles.curate.stories import undo_separation
from articles.models import Ruling
from articles.models.ruling import ON_ARTICLES, SHELVING, Verdict


def undo_ruling(ruling: Ruling, *, by: Person) -> None:
    """Take a ruling back: what was ruled before it holds again, else what the machine found."""
    if ruling.verdict == Verdict.FIELD:
        undo(ruling, by=by)
    elif ruling.verdict == Verdict.LINE:
        undo_line(ruling, by=by)
    elif ruling.verdict in SHELVING:
        undo_shelving(ruling, by=by)
    elif ruling.kind == ON_ARTICLES:
        undo_separation(ruling, by=by)
    else:
        actors.undo(ruling, by=by)
