from __future__ import annotations

import pytest

from articles.mentions import ModelError, load_finder
from articles.mentions.model import NerModel


def test_the_packaged_model_tags_persons() -> None:
    [spans] = NerModel().spans(["Angela Merkel met reporters in Berlin."])
    assert ("PERSON", 0, 13) in [(span.label, span.start, span.end) for span in spans]


def test_a_model_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="make setup"):
        list(NerModel("no_such_model").spans(["text"]))


def test_a_finder_is_made_once_and_loads_nothing_by_itself() -> None:
    assert load_finder() is load_finder()
    assert load_finder(model="no_such_model") is not load_finder()
