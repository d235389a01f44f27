"""Headlines: where every word has a capital, capitals must be earned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.mentions.plain import is_title_case

# A longer word in capitals is a headline shouting.
_LONGEST_ACRONYM = 5


def tagger_view(view: str, known: Sequence[str]) -> str:
    """Return a headline as the tagger should see it, of the same length.

    A sentence-case headline is left alone. In a title-case one only words that belong to a name known
    from the rest of the article keep their capital, and so do the first word and acronyms;
    without known names nothing is changed, for then the capitals are all there is.
    """
    if not is_title_case(view) or not known:
        return view
    kept = {word for name in known for word in re.findall(r"[^\W_]+", name)}

    def lowered(match: re.Match[str]) -> str:
        word = match.group()
        return word if word in kept or (word.isupper() and len(word) <= _LONGEST_ACRONYM) else word.lower()

    return re.sub(r"[^\W\d_]+", lowered, view)
