"""What a reader gave, apart: actors by name, and problems."""

from __future__ import annotations

from articles.resolve.authority_files import AuthorityEntry, Format, Problem, read_actor_file


def read(text: str | bytes, form: Format) -> tuple[dict[str, AuthorityEntry], list[Problem]]:
    """Read a file; actors by their name, in the order of the file."""
    content = text.encode() if isinstance(text, str) else text
    found = list(read_actor_file(content, form=form, name="actors"))
    entries = {each.name: each for each in found if isinstance(each, AuthorityEntry)}
    return entries, [each for each in found if isinstance(each, Problem)]
