"""The visible text of an HTML page as lines, with the element each line stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.clean.lines import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that nobody sees as text.
_HIDDEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "object",
        "select",
        "option",
        "textarea",
        "canvas",
        "math",
    }
)
# Elements that stand in a line and do not break it.
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "del",
        "strike",
    }
)
# Elements that say what a line in them is, as far as their name goes.
_TELLING = frozenset(
    {
        "nav",
        "footer",
        "aside",
        "header",
        "figcaption",
        "form",
        "button",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "address",
        "blockquote",
    }
)


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """One line of visible text; `within` names the telling elements around it, outermost first."""

    text: str
    within: tuple[str, ...]


def lines_of(page: str) -> tuple[VisibleLine, ...]:
    """Return the visible lines of an HTML page's source; none of a page that is empty or cannot be read."""
    from trafilatura import load_html  # waits: it takes 10 MB, and those who only search read no HTML

    tree = load_html(page) if page.strip() else None
    return () if tree is None else visible_lines(tree)


def visible_lines(tree: HtmlElement) -> tuple[VisibleLine, ...]:
    """The page's visible text, one line for each block element or line break; none is blank."""
    lines: list[VisibleLine] = []
    parts: list[str] = []
    within: tuple[str, ...] = ()
    for text, around in _pieces(tree):
        if text is None or around != within:
            _close(lines, parts, within)
            parts = []
            within = around
        if text:
            parts.append(text)
    _close(lines, parts, within)
    return tuple(lines)


def _close(lines: list[VisibleLine], parts: list[str], within: tuple[str, ...]) -> None:
    text = plain("".join(parts))
    if text:
        lines.append(VisibleLine(text, within))


def _pieces(tree: HtmlElement) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Stretches of text with the telling elements around them; None where a line breaks.

    The walk keeps its own stack: pages nest deeper than Python's recursion goes.
    """
    stack: list[tuple[HtmlElement | None, str | None, tuple[str, ...]]] = [(tree, None, ())]
    while stack:
        element, text, around = stack.pop()
        if element is None:
            yield text, around
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _HIDDEN or "hidden" in element.attrib:
            continue
        inside = (*around, tag) if tag in _TELLING and tag not in around else around
        breaks = tag not in _INLINE
        later: list[tuple[HtmlElement | None, str | None, tuple[str, ...]]] = []
        if breaks:
            later.append((None, None, inside))
        if element.text:
            later.append((None, element.text, inside))
        for child in element:
            later.append((child, None, inside))
            if child.tail:
                later.append((None, child.tail, inside))
        if breaks:
            later.append((None, None, around))
        stack.extend(reversed(later))
