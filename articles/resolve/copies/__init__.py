"""Copies: exact and near ones, texts inside texts, the stories they make, and how two versions differ.

Pure: no Django, no database. `CopyIndex.add` finds the copies of a text among earlier ones, `group_stories`
joins them and names the first publication, `compare_versions` shows two of them sentence by sentence.
"""

from articles.resolve.copies.index import CopyIndex
from articles.resolve.copies.overlap import Copy, Overlap, Sameness, Thresholds, compare_texts, overlap
from articles.resolve.copies.postings import COMMON, Sharing, count_sharing
from articles.resolve.copies.shelf import Shelf, TemporaryShelf
from articles.resolve.copies.shingles import shingle_set, text_hash
from articles.resolve.copies.sketch import Fingerprint, fingerprint
from articles.resolve.copies.stories import DatedArticle, FirstPublication, StoryGroup, group_stories
from articles.resolve.copies.versions import Change, Piece, SentencePair, compare_versions

__all__ = [
    "COMMON",
    "Change",
    "Copy",
    "CopyIndex",
    "DatedArticle",
    "Fingerprint",
    "FirstPublication",
    "Overlap",
    "Piece",
    "Sameness",
    "SentencePair",
    "Sharing",
    "Shelf",
    "StoryGroup",
    "TemporaryShelf",
    "Thresholds",
    "compare_texts",
    "compare_versions",
    "count_sharing",
    "fingerprint",
    "group_stories",
    "overlap",
    "shingle_set",
    "text_hash",
]
