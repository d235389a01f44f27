"""The machine's only way to write: one page in, one article with its evidence and actors out.

Reading a page (cleaning it, finding its actors) needs no database and happens before the
transaction; everything that is stored of it, the note to the search index included, is stored in
one transaction. A process that dies half-way leaves either a whole article or none.
"""

from articles.ingest.actors import ArchiveDirectory
from articles.ingest.pages import Outcome, ingest, ingest_page, refuse, reread
from articles.ingest.reading import Reading, authority, finder, read
from articles.ingest.rules import RULED_TEXTS
from articles.ingest.stories import link_copies, regroup_after_ruling, relink
from articles.ingest.writing import write_reading

__all__ = [
    "RULED_TEXTS",
    "ArchiveDirectory",
    "Outcome",
    "Reading",
    "authority",
    "finder",
    "ingest",
    "ingest_page",
    "link_copies",
    "read",
    "refuse",
    "regroup_after_ruling",
    "relink",
    "reread",
    "write_reading",
]
