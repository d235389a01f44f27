"""What people may change. Every change is a ruling with a name and a reason, and can be undone."""

from articles.curate.actors import (
    add_alias,
    hide_actor,
    remove_alias,
    rename_actor,
    set_actor_kind,
    show_actor,
)
from articles.curate.articles import ChangedMeanwhile, rule_fields, undo
from articles.curate.lines import mark_line, undo_line
from articles.curate.stories import separate_articles, undo_separation

__all__ = [
    "ChangedMeanwhile",
    "add_alias",
    "hide_actor",
    "mark_line",
    "remove_alias",
    "rename_actor",
    "rule_fields",
    "separate_articles",
    "set_actor_kind",
    "show_actor",
    "undo",
    "undo_line",
    "undo_separation",
]
