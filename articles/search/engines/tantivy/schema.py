"""Tantivy's fields, made from those that `ArticleIndex` declares, and a document of theirs.

- Every field of words, with positions: the stream of its words (`stream`). All but the text are stored.
- `article`, by which a document is replaced, and `slot`, a number that no other document of the index ever has;
  `run` and `bit` are the slot in the form in which a large set of documents is told quickly (`Snapshot.mask_of`).
- `row`: what is counted and filtered by, and where the words of the text stand (`places`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tantivy

from articles.search.engines.schema import FORMAT_VERSION, Fields, article_of
from articles.search.engines.tantivy.places import PlacesWriter
from articles.search.engines.tantivy.rows import row_of
from articles.search.engines.tantivy.stream import FILLER, PARAGRAPH, stream_of, words_of

# Raise the number when what is written changes; the fields' own version stands behind it.
FORM = f"tantivy-4.{FORMAT_VERSION}"

ARTICLE, SLOT, ROW = "article", "slot", "row"
# Slots stand in runs: RUN is the number of a document's, BIT the power of two for its place there. The BITs of
# documents of one run sum up to a number that says which they are. Tantivy sums in floats; 52 bits fit one exactly.
RUN, BIT = "run", "bit"
RUN_LENGTH = 52
TEXT = "text"
STREAM_TOKENIZER = "stream"


def schema_of(fields: Fields) -> tantivy.Schema:
    """Return Tantivy's schema."""
    builder = tantivy.SchemaBuilder()
    for name in fields.words:
        builder.add_text_field(
            name, stored=name != TEXT, tokenizer_name=STREAM_TOKENIZER, index_option="position"
        )
    builder.add_integer_field(ARTICLE, indexed=True)
    builder.add_integer_field(SLOT, indexed=True, fast=True)
    builder.add_unsigned_field(RUN, fast=True)
    builder.add_unsigned_field(BIT, fast=True)
    builder.add_bytes_field(ROW, stored=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """Tell an opened index how streams are cut: at blanks, as our analyser has done the rest."""
    silent = tantivy.Filter.custom_stopword([FILLER, PARAGRAPH])
    index.register_tokenizer(
        STREAM_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(silent).build()
    )


def document_of(
    prepared: Mapping[str, Any], slot: int, fields: Fields, places: PlacesWriter
) -> tantivy.Document:
    """Return Tantivy's document of one that Haystack prepared, and add its words to `places`."""
    document = tantivy.Document()
    document.add_integer(ARTICLE, article_of(prepared))
    document.add_integer(SLOT, slot)
    run, place = divmod(slot, RUN_LENGTH)
    document.add_unsigned(RUN, run)
    document.add_unsigned(BIT, 1 << place)
    stream = stream_of(prepared.get(TEXT) or "")
    document.add_text(TEXT, stream.words)
    document.add_bytes(ROW, row_of(prepared, fields, placed=places.add(stream)))
    for name in fields.words:
        text = prepared.get(name)
        if text and name != TEXT:
            document.add_text(name, words_of(text))
    return document
