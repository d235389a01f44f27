"""Whether a capital or a state acts in its sentence, or is only where something happens."""

from __future__ import annotations

import re
from functools import cache

from articles.mentions.candidates import Reading
from articles.mentions.lexicons import alternatives, words

# How far left and right a cue may stand, in characters.
_REACH = 60

_NOUN_OF_PLACE = (
    r"suburb|suburbs|streets?|airport|outskirts|cent(?:er|re)|districts?|old city|red square|port|harbou?r|"
    r"university|embassy row|residents|countryside|hospitals?|markets?|hotels?|waterfront|squares?|"
    r"neighbou?rhoods?|"
    r"coast|border|region|province|provinces|city|cities|capital|valleys?|north|south|east|west|shore|coastline|town|towns|village|villages"
)
# Plural nouns that look like verbs in -s: "Moscow talks" is a meeting, not an act.
_NOUNS_IN_S = frozenset(
    {
        "talks",
        "attacks",
        "strikes",
        "protests",
        "reports",
        "shells",
        "fires",
        "fights",
        "votes",
        "bombs",
        "acts",
        "works",
        "looks",
        "moves",
        "plans",
        "marks",
        "stands",
        "names",
        "faces",
        "calls",
        "trains",
        "arms",
        "funds",
    }
)


@cache
def _before(table: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w])(?:{alternatives('metonyms', table)})\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def _after(name: str) -> re.Pattern[str]:
    adverb = rf"(?:(?:{alternatives('metonyms', 'adverb')}|\w+ly)\s+)*"
    apposition = alternatives("metonyms", "apposition")
    patterns = {
        "possessive": r"'s?\s+",
        "place noun": rf"'s?\s+(?:\w+\s+){{0,2}}(?:{_NOUN_OF_PLACE})\b",
        "verb": rf"\s+{adverb}(?P<verb>[\w-]+)(?:\s+{adverb}(?P<next>\w+))?",
        "relative": rf",\s+(?:which|who)\s+{adverb}(?P<verb>[\w-]+)(?:\s+{adverb}(?P<next>\w+))?",
        "linked": rf"-(?:{alternatives('metonyms', 'linked')})\b",
        "noun": rf"\s+(?:{alternatives('metonyms', 'noun_of_actor')})\b",
        "apposition": rf",\s+(?:an?|the|one of)\s[^.,;]{{0,{_REACH}}}?\b(?:{apposition})\b",
        "coordination": r"\s+(?:and|or)\s+(?:the\s+)?[A-Z]",
    }
    return re.compile(patterns[name], re.IGNORECASE if name != "coordination" else 0)


def is_verb_of_actor(word: str) -> bool:
    """Return True when `word` is a form of a verb that governments and people are subjects of."""
    low = word.lower()
    listed = words("metonyms", "verb")
    if low in _NOUNS_IN_S:
        return False
    stems = {
        low,
        low.removesuffix("s"),
        low.removesuffix("es"),
        low.removesuffix("ed"),
        low.removesuffix("d"),
    }
    if low.endswith(("ies", "ied")):
        stems.add(low[:-3] + "y")
    if low.endswith("ed") and low[-3:-2] == low[-4:-3]:
        stems.add(low[:-3])
    # A bare stem is a plural or a noun behind a state's name ("Damascus support"), so it needs an ending.
    return (low in listed and (low.endswith(("s", "ed")) or low in _IRREGULAR)) or bool(
        (stems - {low}) & listed
    )


_IRREGULAR = frozenset(
    {
        "said",
        "told",
        "held",
        "knew",
        "saw",
        "sought",
        "sent",
        "sold",
        "bought",
        "struck",
        "began",
        "kept",
        "made",
        "took",
        "gave",
        "got",
        "went",
        "came",
        "led",
        "lost",
        "won",
        "let",
        "became",
        "stood",
        "put",
        "set",
        "brought",
        "cut",
        "paid",
        "lent",
        "fought",
        "spoke",
        "met",
        "thought",
        "withdrew",
        "shut",
        "quit",
        "chose",
    }
)


def reading_of(view: str, start: int, end: int, *, capital: bool) -> Reading:
    """Read one occurrence of a capital or a state in a plain view.

    A capital is a place unless the sentence makes it act; a state is an actor unless it is only a place.
    Steps: 1. the noun it owns or is linked to, 2. straight before it, 3. the verb it is subject of,
    4. what is done to it, 5. what hangs on it, 6. the default.
    """
    left, right = view[max(0, start - _REACH) : start], view[end : end + 2 * _REACH]
    # 1. "Moscow's offer" and "Moscow-mediated talks" act, "Damascus's suburbs" do not.
    if _after("place noun").match(right):
        return "place"
    owns = _after("possessive").match(right) is not None
    if (owns and capital) or _after("linked").match(right):
        return "actor"
    # 2. "in Moscow" is a place whatever follows; so is "left Moscow".
    if _before("place_before").search(left) and not owns:
        return "place"
    if capital:
        return _capital_reading(left, right)
    # "refugees from Syria" come out of a place, "pressure from Syria" out of a government.
    out_of = re.search(r"\bfrom\s+(?:the\s+)?$", left) and not _before("actor_before").search(left)
    return "place" if out_of and not owns else "actor"


def _capital_reading(left: str, right: str) -> Reading:
    # 3. "Moscow said", "Moscow, which has", but not "Damascus was shelled".
    subject = _subject_reading(right)
    if subject:
        return subject
    # 4. "pressure on Damascus", "between the opposition and Damascus".
    object_of = _before("actor_before").search(left) or re.search(
        r"\bbetween\s+[^.,;:]{0,50}\s+and\s+$", left
    )
    # 5. "Damascus rivals", "Moscow, a permanent member".
    hung_on = any(_after(cue).match(right) for cue in ("noun", "apposition"))
    # 6. A capital without any of these is where something happens.
    return "actor" if object_of or hung_on else "place"


def _subject_reading(right: str) -> Reading | None:
    for cue in ("verb", "relative"):
        match = _after(cue).match(right)
        if match is None:
            continue
        verb, following = match["verb"].lower(), (match["next"] or "").lower()
        if verb in words("metonyms", "auxiliary"):
            return "place" if following in words("metonyms", "place_after_be") else "actor"
        if is_verb_of_actor(verb):
            return "actor"
    return None


def seat_reading(view: str, start: int, end: int) -> Reading:
    """Read a seat of government ("the Kremlin", "the White House"): an actor unless clearly a building."""
    left = view[max(0, start - _REACH) : start]
    right = view[end : end + _REACH]
    if re.search(
        r"\b(?:outside|near|inside|in front of|around|behind|at|past|opposite|toured?|entered|left|leaving"
        r"|visit(?:ed|ing)?|into|to)\s+(?:the\s+)?$",
        left,
        re.IGNORECASE,
    ):
        # "close to the Kremlin", "distrustful of" keep it an actor; "walked to the Kremlin" does not.
        return (
            "actor"
            if re.search(
                r"\b(?:close|loyal|linked|tied|letter|message|appeal|petition|according|question|ties|back)\s+to\s+(?:the\s+)?$",
                left,
                re.IGNORECASE,
            )
            else "place"
        )
    if re.match(r"'s?\s+(?:walls?|towers?|gates?|lawn|grounds|halls?|roof|windows)\b", right):
        return "place"
    return "actor"
