"""Cleaning: from a raw page to a `CleanArticle`, every line labelled and every field with its evidence.

Pure Python: no Django, no database, no network. `clean_page` is the door; the records are in `article.py`.
"""

from articles.clean.outlet_memory import OutletMemory, fingerprints, remember
from articles.clean.outlet_rules import OutletRule, OutletRules, builtin_rules, read_rules
from articles.clean.pages import clean_page

__all__ = [
    "OutletMemory",
    "OutletRule",
    "OutletRules",
    "builtin_rules",
    "clean_page",
    "fingerprints",
    "read_rules",
    "remember",
]
