"""The index's fields, made from those that `ArticleIndex` declares, and what a document puts into them.

- WORDS: `text`, `headline`, `subtitle`, `quote` and fields of names: words as written, folded, with positions.
- STEMS: `text_stems`, `headline_stems` and so on: the stems of those words, without positions.
- BREAKS: where the paragraphs and the sentences of `text` begin, as two terms with positions.
- KEYS: one field for each facet, `spelling`, `mentioned`, `trait` and `event`: opaque keys, each whole.
- NUMBERS: the article's number and version, the first and the last day of its publication (0: unknown), how many
  words its body has.
- STORY: the key of the article's story, as a number: nearly every article has a key of its own, which as
  terms would be most of the dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from haystack.constants import DJANGO_ID

from articles.search import analysis
from articles.search.facets import story_key

# Part of an index's name on disk: an index of another format is not read but rebuilt.
FORMAT_VERSION = f"7.{analysis.ANALYSIS_VERSION}"

STEMMED = ("text", "headline", "subtitle", "quote")
NUMBERS = {"article": "<i8", "version": "<u4", "first_day": "<u4", "last_day": "<u4", "word_count": "<u4"}
BREAKS = "text_breaks"
UNITS = ("paragraph", "sentence")  # the terms of BREAKS
STORY = "story"

# The fields of the index that a field of the query language looks into; the others are looked up before an
# engine is asked, and mean the whole text where nothing came of that.
FIELDS = {
    "title": "headline",
    "outlet": "outlet_name",
    "author": "author",
    "actor": "actor_name",
    "speaker": "speaker_name",
    "quote": "quote",
    "source": "source_name",
    "place": "place_name",
    "tag": "tag_name",
    "collection": "collection_name",
}


def stems_field(name: str) -> str:
    """Return the field that holds the stems of a field's words."""
    return f"{name}_stems"


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of the index's fields by what they hold, each group in order."""

    words: tuple[str, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, declared: Mapping[str, Any]) -> Fields:
        """Return the fields for Haystack's: integers are numbers, multi-valued ones keys, the rest words."""
        words, keys = [], []
        for field in declared.values():
            if field.is_multivalued:
                keys.append(field.index_fieldname)
            elif field.index_fieldname == STORY:
                continue
            elif field.field_type != "integer":
                words.append(field.index_fieldname)
            elif field.index_fieldname not in NUMBERS:
                raise ValueError(
                    f"{field.index_fieldname} is a number the index has no column for; add it to NUMBERS."
                )
        return cls(tuple(sorted(words)), tuple(sorted(keys)))

    @property
    def terms(self) -> list[str]:
        """All fields that have terms, in the order of the dictionary."""
        return sorted(
            [
                *self.placed,
                *self.keys,
                *(stems_field(name) for name in self.words if name in STEMMED),
            ]
        )

    @property
    def placed(self) -> tuple[str, ...]:
        """The fields whose terms are kept with positions."""
        return (*self.words, BREAKS)

    @property
    def columns(self) -> dict[str, str]:
        """Every column with its kind of number: NUMBERS, STORY, and each field's length in words."""
        return {**NUMBERS, STORY: "<i8", **{length_column(name): "<u4" for name in self.words}}


def length_column(field: str) -> str:
    """Return the column that holds how many words a document has in a field."""
    return f"{field}_length"


def article_of(prepared: Mapping[str, Any]) -> int:
    """Return the article's number of a document that Haystack prepared."""
    return int(prepared[DJANGO_ID])


def story_number(key: str) -> int:
    """Return a story's key as a number: that of the story, or minus that of an article that is in none."""
    kind, _, number = key.partition(":")
    return -int(number) if kind == "article" else int(number)


def story_key_of(number: int) -> str:
    """Return the key that `story_number` made a number of."""
    return story_key(-number, None) if number < 0 else story_key(0, number)
