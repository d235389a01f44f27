"""Tantivy's fields, made from those that `ArticleIndex` declares, and a document of theirs.

- Every field of words, with positions and stored: the stream of its words (`stream`).
- `article`, by which a document is replaced, and `slot`, a number that no other document of the index ever has.
- `row`: what is counted and filtered by; `breaks`: where paragraphs and sentences of the text begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tantivy

from articles.search.engines.schema import FORMAT_VERSION, Fields, article_of
from articles.search.engines.tantivy.rows import row_of
from articles.search.engines.tantivy.stream import FILLER, PARAGRAPH, stream_of, words_of

# Raise the number when what is written changes; the fields' own version stands behind it.
FORM = f"tantivy-2.{FORMAT_VERSION}"

ARTICLE, SLOT, ROW, BREAKS = "article", "slot", "row", "breaks"
STREAM_TOKENIZER = "stream"


def schema_of(fields: Fields) -> tantivy.Schema:
    """Return Tantivy's schema."""
    builder = tantivy.SchemaBuilder()
    for name in fields.words:
        builder.add_text_field(name, stored=True, tokenizer_name=STREAM_TOKENIZER, index_option="position")
    builder.add_integer_field(ARTICLE, indexed=True)
    builder.add_integer_field(SLOT, indexed=True, fast=True)
    builder.add_bytes_field(ROW, stored=True)
    builder.add_bytes_field(BREAKS, stored=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """Tell an opened index how streams are cut: at blanks, as our analyser has done the rest."""
    silent = tantivy.Filter.custom_stopword([FILLER, PARAGRAPH])
    index.register_tokenizer(
        STREAM_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(silent).build()
    )


def document_of(prepared: Mapping[str, Any], slot: int, fields: Fields) -> tantivy.Document:
    """Return Tantivy's document of one that Haystack prepared."""
    document = tantivy.Document()
    document.add_integer(ARTICLE, article_of(prepared))
    document.add_integer(SLOT, slot)
    document.add_bytes(ROW, row_of(prepared, fields))
    for name in fields.words:
        text = prepared.get(name) or ""
        if not text:
            continue
        if name == "text":
            held = stream_of(text)
            document.add_text(name, held.words)
            document.add_bytes(BREAKS, held.breaks)
            continue
        document.add_text(name, words_of(text))
    return document
