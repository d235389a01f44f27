"""Pages as they came, and pages that were refused."""

from __future__ import annotations

import zlib

from django.db import models

from articles.capture.page import RawPage

COMPRESSION_LEVEL = 6  # zlib's own default: news pages shrink to about a third, and 9 gains under 1 %


class StoredPageQuerySet(models.QuerySet["StoredPage"]):
    """Verbs for stored pages."""

    def keep(self, page: RawPage) -> StoredPage:
        """Store a page that is not there yet; its bytes are never changed afterwards."""
        return self.create(
            sha256=page.sha256,
            compressed=zlib.compress(page.content, COMPRESSION_LEVEL),
            size=len(page.content),
            media_type=page.media_type,
            charset=page.charset,
            name=page.name[:1000],
            url=page.url or "",
            captured_at=page.captured_at,
            source_id=page.source_id,
        )

    def note_source_id(self, page: RawPage) -> None:
        """Keep the id of a page's record where none is kept yet: the page came without one, or before ids were kept."""
        if page.source_id is not None:
            self.filter(sha256=page.sha256, source_id__isnull=True).update(source_id=page.source_id)


class StoredPage(models.Model):
    """The bytes of a page, compressed with zlib. Every later step can be run again from it."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    compressed = models.BinaryField(editable=False)
    size = models.PositiveIntegerField("size in bytes", editable=False)
    media_type = models.CharField("kind of file", max_length=40, editable=False)
    charset = models.CharField("character encoding", max_length=40, editable=False)
    name = models.CharField(
        "came as", max_length=1000, editable=False, help_text="The file or record it came from."
    )
    url = models.URLField("address", max_length=2000, blank=True, editable=False)
    captured_at = models.DateTimeField("saved on", null=True, editable=False)
    source_id = models.JSONField(
        "id where it came from",
        null=True,
        editable=False,
        help_text="The id of its record in the JSON Lines that it came from.",
    )
    received_at = models.DateTimeField("taken in on", auto_now_add=True)

    objects = StoredPageQuerySet.as_manager()

    class Meta:
        verbose_name = "page as it came"
        verbose_name_plural = "pages as they came"
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def content(self) -> bytes:
        """The bytes exactly as they came."""
        return zlib.decompress(self.compressed)

    def as_raw_page(self) -> RawPage:
        """Return the record that the pure steps take."""
        return RawPage(
            content=self.content,
            media_type="text/html" if self.media_type == "text/html" else "text/plain",
            charset=self.charset,
            name=self.name,
            url=self.url or None,
            captured_at=self.captured_at,
            source_id=self.source_id,
        )


class RefusedPage(models.Model):
    """A page that was not taken, with the reason and what a person can do about it."""

    name = models.CharField("came as", max_length=1000, unique=True)
    reason = models.TextField("why it was refused")
    cure = models.TextField("what to do", blank=True)
    refused_at = models.DateTimeField("refused on", auto_now=True)

    class Meta:
        ordering = ["-refused_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"
