"""The authors: names of people in the bylines that the labels found."""

from __future__ import annotations

from articles.clean.article import Field, Label
from articles.clean.bylines import Byline, announces_author
from articles.clean.labelling import Labelling

# Blocks from one name line of a list of authors to the next; a mark such as "&" may stand between.
RUN_REACH = 2
# Blocks from one line that begins with "By" to the next of the same story: a role or a place may stand between.
LED_REACH = 3

_NOBODY: Field[tuple[str, ...]] = Field((), "none", 0.0, note="No line says who wrote the story.")


def find_authors(labelling: Labelling) -> Field[tuple[str, ...]]:
    """The people in the bylines, in order; empty with a note when a byline names only a role or an agency."""
    reading = labelling.reading
    found = [(i, reading.byline(i)) for i, label in enumerate(labelling.labels) if label is Label.BYLINE]
    bylines = [(index, byline) for index, byline in found if byline]
    led = _led_run(labelling, bylines)
    chosen = [item for item in (led or _first_run(bylines)) if item[1].names]
    if not chosen:
        return _without_names(labelling, bylines)
    names = tuple(dict.fromkeys(name for _, byline in chosen for name in byline.names))
    lines = tuple(line for index, _ in chosen for line in reading.blocks[index].lines)
    if led:
        return Field(names, "byline", 0.92, lines, "A line that begins as bylines do names them.")
    return Field(names, "name line", 0.75, lines, "A line between headline and story is nothing but names.")


def _first_run(bylines: list[tuple[int, Byline]]) -> list[tuple[int, Byline]]:
    """The first name line and those right after it: some pages give every author a line."""
    run = bylines[:1]
    for item in bylines[1:]:
        if item[0] - run[-1][0] > RUN_REACH or item[1].names == run[-1][1].names:
            break
        run.append(item)
    return run


def _led_run(labelling: Labelling, bylines: list[tuple[int, Byline]]) -> list[tuple[int, Byline]]:
    """The bylines that begin as such, up to the first gap; behind "By" on a line of its own all name lines of a run.

    What is led further down belongs to another story, unless nothing led above it names a person.
    """
    led = [(index, byline) for index, byline in bylines if _is_led(labelling, index, byline)]
    first = next((item for item in led if item[1].names), None)
    if first is None:
        return led
    run = [first]
    announced = not first[1].led
    for index, byline in bylines:
        follows = 0 < index - run[-1][0] <= (RUN_REACH if announced else LED_REACH)
        if follows and (announced or _is_led(labelling, index, byline)):
            run.append((index, byline))
    return run


def _is_led(labelling: Labelling, index: int, byline: Byline) -> bool:
    if byline.led:
        return True
    return index > 0 and announces_author(labelling.reading.blocks[index - 1].text)


def _without_names(labelling: Labelling, bylines: list[tuple[int, Byline]]) -> Field[tuple[str, ...]]:
    for index, byline in bylines:
        given = byline.roles or byline.agencies
        if given:
            lines = labelling.reading.blocks[index].lines
            return Field((), "none", 0.0, lines, f"The byline names no person, only “{', '.join(given)}”.")
    return _NOBODY
