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

__all__ = [
    "ChangedMeanwhile",
    "add_alias",
    "hide_actor",
    "remove_alias",
    "rename_actor",
    "rule_fields",
    "set_actor_kind",
    "show_actor",
    "undo",
]
