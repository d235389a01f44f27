"""A name as it sounds: what finds a spelling that nobody has written yet. Pure."""

from __future__ import annotations

from articles.resolve.names import listed, person_tokens, skeleton

# Letters below which a skeleton tells nothing ("EU" and "Oe" are both "a"): then the word itself is kept.
SHORTEST_SOUND = 2


def sounds_of(name: str) -> str:
    """Return the consonant skeletons of a name's telling words, with a space before, between and after.

    "Abdulbaset Sieda" and "Abdel Baset Seda" both give " abd bst sd "; a name without any gives "".
    """
    words = [word for word in person_tokens(name) if word not in listed("little")]
    heard = [sound if len(sound := skeleton(word)) >= SHORTEST_SOUND else word for word in words]
    return f" {' '.join(heard)} " if heard else ""
