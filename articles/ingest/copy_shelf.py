"""The archive as `CopyIndex` asks for it: keys in a table, shingles made from the stored bodies."""

from __future__ import annotations

from itertools import islice

from django.db.models.functions import Length

from articles.models import Article, CopyKey
from articles.models.copy_key import as_stored
from articles.resolve.copies import COMMON, Fingerprint, Sharing, Shelf, count_sharing, shingle_set
from articles.resolve.copies.shingles import Hashes, text_key, words
from articles.resolve.copies.sketch import Keys

# Articles that are stored under one key. The index looks at the first COMMON others and calls a key common
# when there are more: one more for that, and one for the article that asks. A footer in a million pages so
# takes 66 rows, and no look-up reads more; of one text in all of them, the first 64 suffice to join the rest.
MOST_BEARERS = COMMON + 2

# Keys of one article, the least of them (which is the same choice in every text, so that copies keep sharing
# them). News has some 85; 2,000 are 17,000 words. A page of 10 MB would bring 190,000.
MOST_KEYS = 2000

# Bodies read at once: the likeliest copies come first, and most articles have fewer than these.
BODIES_AT_ONCE = 32


class ArchiveShelf(Shelf[int]):
    """What the archive knows of copies, while those of one article are looked for.

    The numbers of texts are those of articles. The article that asks is never among its own copies, so that
    it can be asked about again: it is compared with all others, whenever they came. Afterwards `compared`
    are the articles whose bodies were looked at, and `kept` says whether the article had any keys.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._bearers: dict[int, list[int]] = {}
        self._ranked: list[int] = []
        self._sharing = Sharing()
        self._sizes: dict[int, int] | None = None
        self._bodies: dict[int, str] = {}
        self.compared: set[int] = set()
        self.kept = False

    def put(self, identity: int, mark: Fingerprint) -> None:
        """Store the article's keys in the place of those before, but those that have bearers enough."""
        bearers = self._bearers
        wanted = [
            key
            for key in _stored(mark.keys)
            if len(bearers.get(key, ())) < MOST_BEARERS or identity in bearers[key]
        ]
        CopyKey.objects.put(identity, wanted)
        self.kept = True

    def sharing(self, keys: Keys) -> Sharing:
        """Return the articles that share keys, in one query."""
        self._bearers = CopyKey.objects.bearers(_stored(keys))
        own = self._article.pk
        found = count_sharing([each for each in bearers if each != own] for bearers in self._bearers.values())
        self._sharing = found
        self._ranked = sorted(found.every, key=lambda each: (-found.rare[each], -found.every[each], each))
        return found

    def identity(self, number: int) -> int:
        """Return the article's number, which is its identity too."""
        return number

    def size(self, number: int) -> int:
        """Return how many shingles an article has: an estimate, from its length and the words of this one.

        It is asked for where all shared keys are common ones, and decides only whether to compare exactly.
        """
        if self._sizes is None:
            unsure = [each for each in self._ranked if not self._sharing.rare[each]]
            words_a_character = len(words(self._article.body)) / max(1, len(self._article.body))
            lengths = Article.objects.filter(pk__in=unsure).values_list("pk", Length("body"))
            self._sizes = {each: round(length * words_a_character) for each, length in lengths}
        return self._sizes.get(number, 0)

    def letters_and_shingles(self, number: int) -> tuple[int, Hashes]:
        """Return the key of an article's letters and its shingle set; likely bodies are read together."""
        if number not in self._bodies:
            likely = self._ranked[self._ranked.index(number) :]
            rare = bool(self._sharing.rare[number])
            together = islice(
                (each for each in likely if bool(self._sharing.rare[each]) is rare), BODIES_AT_ONCE
            )
            bodies = Article.objects.filter(pk__in=list(together)).values_list("pk", "body")
            self._bodies = dict(bodies)
        self.compared.add(number)
        body = self._bodies.get(number, "")  # gone meanwhile: an empty text, which is a copy of nothing
        return text_key(body), shingle_set(body)


def _stored(keys: Keys) -> list[int]:
    """Return the least MOST_KEYS of sorted keys as they are stored."""
    return [as_stored(key) for key in keys[:MOST_KEYS].tolist()]
