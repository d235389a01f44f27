"""Words, phrases, operators, and what of it finds each other."""

from __future__ import annotations

import pytest

from tests.engines.contract.asking import Engine, ask, numbers
from tests.engines.documents import document

TEXTS = {
    1: "Kofi Annan presented a peace plan for Syria. The cease-fire was to hold from April.",
    2: "The ceasefire collapsed; Annan resigned, and the U.N. sent Mr Brahimi to Syria.",
    3: "The opposition's leaders rejected the plan. Peace, they said, was no plan of theirs.",
    4: "Waters rose in the harbour. Nobody told us.",
    5: "Maxine Waters spoke about U.S. troops and 1,500 refugees near Köln.",
    6: "Talks about talks: diplomats, diplomacy and a diplomatic cease fire.",
}


class Operators:
    @pytest.fixture
    def filled(self, engine: Engine) -> Engine:
        engine.write([document(number, text) for number, text in TEXTS.items()])
        return engine

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("annan", [1, 2]),
            ("ANNAN", [1, 2]),
            ("annan syria", [1, 2]),
            ("annan plan", [1]),
            ("annan AND plan", [1]),
            ("annan OR harbour", [1, 2, 4]),
            ("annan && plan || harbour", [1, 4]),
            ("annan -plan", [2]),
            ("annan NOT plan", [2]),
            ("-annan", [3, 4, 5, 6]),
            ("-annan -waters", [3, 6]),
            ("annan (plan OR resigned)", [1, 2]),
            ("-(annan OR waters)", [3, 6]),
            ("annan OR -syria", [1, 2, 3, 4, 5, 6]),
            ('"peace plan"', [1]),
            ('"plan peace"', [3]),
            ("“peace plan”", [1]),
            ('"plan theirs"~3', [3]),
            ('"peace plan"~0', [1]),
            ('"peace plan"~9', [1, 3]),
            ('"annan annan"', []),
            ("diplom*", [6]),
            ("diplomats", [6]),
            ("harbou* OR resig*", [2, 4]),
            ("harb?ur", [4]),
            ("h*r", [4]),
            ("*bour", [4]),
            ("a?nan -plan", [2]),
            ("cease?ire", [1, 2]),
            ("nos*ch", []),
            ("anan~", [1, 2]),
            ("brahmi~1", [2]),
            ("bramhi~1", []),
            ("bramhii~2", [2]),
            ("harbor~", [4]),
            ("ceasfire~", [1, 2]),
            ("-anan~", [3, 4, 5, 6]),
            ("atleast2:plan", [3]),
            ("atleast2:plans", [3]),
            ("atleast1:plan", [1, 3]),
            ("atleast3:diplom*", [6]),
            ("atleast4:diplom*", []),
            ('atleast1:"peace plan"', [1]),
            ("atleast2:ceasefire", []),
            ("atleast2:cease-fire", []),
            ("atleast1:cease-fire", [1, 2, 6]),
            ("atleast2:talk", [6]),
            ("-atleast2:plan", [1, 2, 4, 5, 6]),
            ("first2:annan", [1]),
            ("first1:annan", []),
            ("first3:ceasefire", [2]),
            ('first2:"kofi annan"', [1]),
            ('first1:"kofi annan"', []),
            ("sentence:(annan syria)", [1, 2]),
            ("sentence:(annan ceasefire)", [2]),
            ("sentence:(annan U.N.)", [2]),
            ("sentence:(annan Mr)", [2]),
            ("sentence:(annan -plan)", [2]),
            ("sentence:(peace (plan OR harbour))", [1, 3]),
            ('sentence:("peace plan" syria)', [1]),
            ("-sentence:(annan syria)", [3, 4, 5, 6]),
            ("paragraph:(annan ceasefire)", [1, 2]),
            ("*", [1, 2, 3, 4, 5, 6]),
            ("", [1, 2, 3, 4, 5, 6]),
            ("nosuchword", []),
            ("annan nosuchword", []),
            ("annan -nosuchword", [1, 2]),
            ("🙂", []),
        ],
    )
    def test_operators(self, filled: Engine, query: str, expected: list[int]) -> None:
        assert numbers(filled, query) == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("ceasefire", [1, 2]),
            ("cease-fire", [1, 2, 6]),
            ("cease fire", [1, 6]),
            ('"cease fire"', [1, 6]),
            ('"cease-fire was"', [1]),
            ('"the ceasefire"', [1, 2]),
            ("UN", [2]),
            ("U.N.", [2]),
            ("U.S.", [5]),
            ("US", [5]),
            ("us", [4, 5]),
            ("opposition", [3]),
            ("opposition's", [3]),
            ("Koln", [5]),
            ("köln", [5]),
            ("1500", [5]),
            ("1,500", [5]),
            ("leader", [3]),
            ("talk", [6]),
            ("talking", [6]),
            ("Waters", [4, 5]),
            ('"talk about"', []),
            ('"talks about"', [6]),
            ("plan/syria", []),
            ("plan/for/syria", [1]),
            ("us/nobody", []),
        ],
    )
    def test_what_finds_each_other(self, filled: Engine, query: str, expected: list[int]) -> None:
        assert numbers(filled, query) == expected

    def test_no_phrase_runs_across_paragraphs(self, engine: Engine) -> None:
        engine.write([document(1, "They made peace.\n\nPlan of the week.")])

        assert numbers(engine, '"peace plan"') == []
        assert numbers(engine, "peace plan") == [1]

    def test_a_prefix_of_a_hyphenated_word(self, filled: Engine) -> None:
        assert numbers(filled, "cease-f*") == [1, 2, 6]

    def test_paragraphs_and_sentences_are_kept_apart(self, engine: Engine) -> None:
        text = "Gen. Mood met Mr. Annan of the U.N. in May. Envoys came.\n\n***\n\nThe U.S. Army left! Who stayed?"
        engine.write([document(1, text, headline="Talks in Vessa")])

        assert numbers(engine, "sentence:(mood may)") == [1]
        assert numbers(engine, "sentence:(may envoys)") == []
        assert numbers(engine, "paragraph:(may envoys)") == [1]
        assert numbers(engine, "paragraph:(envoys army)") == []
        assert numbers(engine, 'paragraph:"envoys army"~100') == []
        assert numbers(engine, "sentence:(army stayed)") == []
        assert numbers(engine, "sentence:(army left)") == [1]
        # 3 words of the headline, 10 of the first sentence, 2 of the second, 4 of the third.
        assert [numbers(engine, f"first{count}:army") for count in (17, 18)] == [[], [1]]

    def test_places_outlive_a_merge(self, engine: Engine) -> None:
        for number in range(1, 31):
            engine.write([document(number, f"One. Two annan.\n\nThree word{number}. Four, four annan.")])

        assert numbers(engine, "sentence:(four word7)") == []
        assert numbers(engine, "paragraph:(four word7)") == [7]
        assert len(numbers(engine, "atleast2:annan")) == 30
        assert numbers(engine, "first5:word30") == [30]
        assert numbers(engine, "first4:word30") == []
        assert numbers(engine, "?ord30 OR wrod29~1") == [29, 30]

    def test_forms_and_misspellings_of_too_many_words_say_so(self, engine: Engine) -> None:
        engine.write([document(1, " ".join(f"wo{number:04}" for number in range(1200)))])

        for query in ("*wo*", "atleast1:*wo*"):
            found = ask(engine, query)
            assert found.total == 1
            assert "1000 words" in found.notes[0]
        assert "nearest" in ask(engine, "wo0000~2").notes[0]

    def test_a_prefix_that_stands_for_too_many_words_says_so(self, engine: Engine) -> None:
        engine.write([document(1, " ".join(f"prefix{number}" for number in range(1200)))])
        found = ask(engine, "prefix*")

        assert found.total == 1
        assert "More letters" in found.notes[0]
