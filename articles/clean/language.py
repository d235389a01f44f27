"""Which language a page is in, from its script and its commonest small words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from articles.clean.lexicons import lexicon

# Words read from a page; more do not change the answer.
SAMPLE = 800
# A language is named when at least this share of the sample are its stop words. Lists of names and menus
# reach .05 by chance, prose starts at .2.
LEAST_SHARE = 0.12

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
# Most pages have no letter of these scripts, and counting each apart takes longer than all that follows.
_ANY_SCRIPT = re.compile("[" + "".join(script.pattern[1:-1] for _, script in _SCRIPTS) + "]")


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """The stop words of a language; those of all languages together for None."""
    lists = lexicon("stop_words")
    if language is None:
        return frozenset(word for words in lists.values() for word in words)
    return frozenset(lists.get(language, ()))


@cache
def _languages_of(word: str) -> tuple[str, ...]:
    return tuple(language for language, words in lexicon("stop_words").items() if word in words)


def detect_language(texts: list[str]) -> str | None:
    """The ISO 639-1 code of the language most of the texts are in; None when nothing speaks for one."""
    sample = _sample(texts)
    if not sample:
        return None
    by_script = _language_of_script(" ".join(sample))
    if by_script:
        return by_script
    everywhere = stop_words(None)
    votes: Counter[str] = Counter()
    for word, times in Counter(filter(everywhere.__contains__, sample)).items():
        for language in _languages_of(word):
            votes[language] += times
    if not votes:
        return None
    best, count = max(votes.items(), key=lambda item: (item[1], item[0] == "en", item[0]))
    return best if count >= LEAST_SHARE * len(sample) else None


def _language_of_script(text: str) -> str | None:
    """The language whose own script most of the letters are in."""
    if text.isascii() or not _ANY_SCRIPT.search(text):
        return None
    letters = sum(map(str.isalpha, text)) or 1
    for language, script in _SCRIPTS:
        if len(script.findall(text)) > (0.05 if language == "ja" else 0.3) * letters:
            return language
    return None


def _sample(texts: list[str]) -> list[str]:
    words: list[str] = []
    for text in sorted(texts, key=len, reverse=True):
        # A text of 10 MB in one line is sampled from its beginning, not split whole.
        words += [word.strip(".,;:!?\"'“”’()") for word in text[: SAMPLE * 8].casefold().split()]
        if len(words) >= SAMPLE:
            break
    return words[:SAMPLE]
