"""The embedded engine: Whoosh's table of contents, segments and dictionary, our postings, sets and scorer.

What stock Haystack costs on Whoosh was measured (docs/decisions/0001): it copies the index three times a
search, recounts facets from all postings, and walks through every posting in Python. Here a query reads
of the files what it looks up, what a segment says about its documents is kept as arrays, a query becomes
sets and scores by whole postings at a time, and facets are counted on those sets.

    store      opening and writing
    storage    files that threads share
    postings   posting lists as arrays
    hashes     the dictionary's hash tables, looked through at once
    terms      the dictionary
    gathered   very many posting lists as one
    segment    one segment, written once and opened once
    snapshot   the segments at one commit
    reading    where words stand, in all texts or in some
    affordable in which texts that is looked for
    scoring    what a word is worth in each document
    match      a query's tree to sets and scores
    merge      which segments a commit merges, and how
    backend    Haystack's names for it
"""

from articles.search.engines.whoosh.backend import WhooshBackend, WhooshEngine

__all__ = ["WhooshBackend", "WhooshEngine"]
