"""Every count is that of the articles themselves: of a generated archive, for searches drawn by chance."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

from articles.search.analysis import indexed, stem
from articles.search.engines.ask import Choice, Count, Range
from benchmarks.generated_archive import BLOCK, GeneratedArchive
from tests.engines.contract.asking import ALL_FACETS, Engine, ask, choice


class CountsAgainstRows:
    """Totals and facets, by article and by story, for readers and for curators."""

    SEARCHES = 200

    def test_counts_equal_a_plain_count(self, engine: Engine) -> None:
        rows = [dict(each) for each in GeneratedArchive(BLOCK // 2).documents()]
        engine.write(rows)
        chance = random.Random(7)
        stems = [{stem(word) for word in indexed(str(row["text"])).terms} for row in rows]
        for _ in range(self.SEARCHES):
            asked, chosen = self.words_of(stems, chance), self.choices_of(rows, chance)
            first = date(chance.randint(2007, 2012), chance.randint(1, 12), 1)
            published = chance.choice([Range(), Range(first), Range(first, first + timedelta(days=200))])
            curator, count = chance.random() < 0.2, chance.choice(list(Count))  # one in five
            found = ask(
                engine, " ".join(asked), choices=chosen, published=published, curator=curator, count=count,
                facets=ALL_FACETS, size=0,
            )  # fmt: skip
            result = [
                row
                for row, held in zip(rows, stems, strict=True)
                if held.issuperset(map(stem, asked))
                and (curator or row["status"] != ["status:hidden"])
                and self.passes(row, chosen)
                and self.overlaps(row, published)
            ]
            assert found.article_total == len(result), (asked, chosen)
            assert found.story_total == len({row["story"] for row in result})
            assert found.total == (found.story_total if count is Count.STORIES else found.article_total)
            for facet in ALL_FACETS:
                assert found.counts[facet].inside == self.counted(result, facet, count), (
                    facet,
                    asked,
                    chosen,
                )

    @staticmethod
    def words_of(stems: list[set[str]], chance: random.Random) -> list[str]:
        """Return no word, one, or two that an article has both; plain ones, which the query language leaves alone."""
        number = chance.choice([0, 1, 1, 2])
        own = [word for word in sorted(chance.choice(stems)) if word.isalpha() and stem(word) == word]
        return chance.sample(own, number)

    @staticmethod
    def choices_of(rows: list[dict[str, Any]], chance: random.Random) -> dict[str, Choice]:
        """Return choices in up to two facets, of values that some article carries."""
        chosen = {}
        for facet in chance.sample(ALL_FACETS, chance.randint(0, 2)):
            carried = sorted({key for row in chance.sample(rows, 40) for key in row[facet]})
            some = chance.sample(carried, min(len(carried), chance.randint(1, 3)))
            place = chance.randint(0, len(some))
            chosen[facet] = choice(*some[:place], excluded=some[place:])
        return chosen

    @staticmethod
    def passes(row: dict[str, Any], chosen: dict[str, Choice]) -> bool:
        return all(
            (not one.included or one.included & set(row[facet])) and not one.excluded & set(row[facet])
            for facet, one in chosen.items()
        )

    @staticmethod
    def overlaps(row: dict[str, Any], published: Range) -> bool:
        if published.open:
            return True
        first, last = published.first or date.min, published.last or date.max
        return row["last_day"] > 0 and (
            row["first_day"] <= last.toordinal() and row["last_day"] >= first.toordinal()
        )

    @staticmethod
    def counted(rows: list[dict[str, Any]], facet: str, count: Count) -> dict[str, int]:
        carried = {
            (key, row["story" if count is Count.STORIES else "id"]) for row in rows for key in row[facet]
        }
        return dict(Counter(key for key, _ in carried))
