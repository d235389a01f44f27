"""Very many words in order, in one text: those that begin alike are found by halving. Pure."""

from __future__ import annotations


class SortedWords:
    """Words in ascending order, each once, as `lines`, one a line: a tenth of the memory of a list of them."""

    def __init__(self, lines: str) -> None:
        self.lines = lines

    def beginning(self, prefix: str) -> list[str]:
        """Return the words that begin so, in order."""
        if not self.lines:
            return []
        start, end = self._place(prefix, after=False), self._place(prefix, after=True)
        return self.lines[start : end - 1].split("\n") if start < end else []

    def _place(self, prefix: str, *, after: bool) -> int:
        """Return where those that begin so stand, or would; `after`: where what follows them does."""
        low, high = 0, len(self.lines) + 1  # as if a line feed stood behind the last word too
        while low < high:
            begun = self.lines.rfind("\n", low, (low + high) // 2) + 1 or low
            end = self.lines.find("\n", begun)
            end = len(self.lines) if end < 0 else end
            cut = self.lines[begun : min(end, begun + len(prefix))]
            if cut < prefix or (after and cut == prefix):
                low = end + 1
            else:
                high = begun
        return low
