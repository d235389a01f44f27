"""One change to many articles: planned over a fixed set, looked at, carried out in the background, taken back whole."""

from articles.curate.bulk.plan import MOST_AT_ONCE, discard, prepare
from articles.curate.bulk.work import PLAN_GONE, begin, carry_out, finish_now, undo_whole

__all__ = [
    "MOST_AT_ONCE",
    "PLAN_GONE",
    "begin",
    "carry_out",
    "discard",
    "finish_now",
    "prepare",
    "undo_whole",
]
