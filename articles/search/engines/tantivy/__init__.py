"""The engine for large archives: Tantivy finds and ranks, arrays count.

Tantivy, a library in Rust, keeps the words and searches them. What it does not offer from Python (the
documents of a result as an array, where words stand, exact counts of stories) is kept beside the words in
its own store of documents, or written before the commit that tells of it: one commit holds all of it. Words
are those of our own analyser: every query finds the same articles as on the other engines.

    stream    a text as the words that Tantivy indexes, and back
    rows      what is counted and filtered by, as it is stored with a document
    schema    the fields
    snapshot  the documents at one commit
    places    the file of where words stand
    texts     where words stand in the texts of some documents
    roots     the words of each stem
    common    the sets of the commonest words, kept
    asked     queries of Tantivy's, and what of them those sets tell
    wording   from words, phrases and forms to Tantivy's queries
    match     from a tree to a set and its scores
    store     opening, writing, filling
    backend   Haystack's names for it
"""

from articles.search.engines.tantivy.backend import TantivyBackend, TantivyEngine

__all__ = ["TantivyBackend", "TantivyEngine"]
