"""The embedded engine: Whoosh's table of contents, segments and dictionary, our postings, sets and scorer.

What stock Haystack costs on Whoosh was measured (docs/decisions/0001): it copies the index three times a
search, recounts facets from all postings, and walks through every posting in Python. Here the files are
mapped and read in place, what a segment says about its documents is kept as arrays, a query becomes sets
and scores by whole postings at a time, and facets are counted on those sets.

    place      the folder: pointer to the current index, locks, the rebuild's journal
    store      opening, writing, rebuilding
    storage    files mapped into memory
    postings   posting lists as arrays
    terms      the dictionary
    schema     the fields
    segment    one segment, written once and opened once
    snapshot   the segments at one commit
    expanded   the words that w?rd, word* and word~ stand for
    spans      where words stand: in a row, close, in one sentence, among the first
    match      a query's tree to sets and scores
    counting   counting by article or by story
    answer     one search: filters, counts, order, page
    merge      which segments a commit merges, and how
    backend    Haystack's seam
"""

from articles.search.engines.whoosh.backend import WhooshBackend, WhooshEngine

__all__ = ["WhooshBackend", "WhooshEngine"]
