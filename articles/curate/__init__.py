"""What people may change. Every change is a ruling with a name and a reason, and can be undone."""

from articles.curate import actors, broken_work, bulk, notes, refusals, shelves
from articles.curate.actors import Contradiction
from articles.curate.articles import ChangedMeanwhile, rule_fields, undo
from articles.curate.lines import mark_line, undo_line
from articles.curate.stories import rule_on_pair, separate_articles, undo_separation
from articles.curate.undoing import undo_ruling

__all__ = [
    "ChangedMeanwhile",
    "Contradiction",
    "actors",
    "broken_work",
    "bulk",
    "mark_line",
    "notes",
    "refusals",
    "rule_fields",
    "rule_on_pair",
    "separate_articles",
    "shelves",
    "undo",
    "undo_line",
    "undo_ruling",
    "undo_separation",
]
