"""Citations of articles, for reference managers: one record, several formats. Pure: no Django, no database."""

from articles.citation.bibtex import to_bibtex
from articles.citation.coins import to_coins
from articles.citation.csl import to_csl
from articles.citation.metatags import to_meta
from articles.citation.record import Citation, PersonName, person_name
from articles.citation.ris import to_ris

__all__ = [
    "Citation",
    "PersonName",
    "person_name",
    "to_bibtex",
    "to_coins",
    "to_csl",
    "to_meta",
    "to_ris",
]
