"""Imports of actor files: what each one brought, so that it can be named as the source and taken back whole."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from articles.models.actor import Actor, Alias, Role


class AuthorityBatchQuerySet(models.QuerySet["AuthorityBatch"]):
    """Verbs for lists of imports."""

    def standing(self) -> AuthorityBatchQuerySet:
        """Leave out the ones that were undone."""
        return self.filter(undone_at__isnull=True)


class AuthorityBatch(models.Model):
    """One import of one file. It is undone by setting `undone_at`; the row stays and says who did what when.

    `source` is the file's name, `digest` the SHA-256 of its bytes. `finished_at` is empty while it runs and
    after it was broken off: the same file imported again goes on with it. `counts` holds what was added:
    actors, joined, variants, offices, doubtful.
    """

    source = models.CharField(max_length=300)
    form = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by_name = models.CharField(max_length=150, help_text="Kept when the account is deleted.")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=150, blank=True)

    objects = AuthorityBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "authority batches"

    def __str__(self) -> str:
        return f"{self.source} ({self.started_at:%Y-%m-%d})"


class AuthorityEntryLink(models.Model):
    """Which actor an entry of a file is here. `made` says that the import made the actor for it.

    `key` tells the entry from all others of its file, in every edition of it: SHA-256 in hex.
    """

    batch = models.ForeignKey(AuthorityBatch, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64)
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="authority_entries")
    made = models.BooleanField(default=False)
    source = models.CharField(
        max_length=300, blank=True, help_text="What the file itself gives as the source."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="one_actor_per_file_entry")]

    def __str__(self) -> str:
        return f"{self.actor_id} from {self.batch_id}"


class AuthorityAddition(models.Model):
    """A spelling or an office that an import brought; exactly one of the two is set."""

    batch = models.ForeignKey(AuthorityBatch, on_delete=models.CASCADE, related_name="additions")
    alias = models.OneToOneField(
        Alias, on_delete=models.CASCADE, null=True, blank=True, related_name="imported"
    )
    role = models.OneToOneField(
        Role, on_delete=models.CASCADE, null=True, blank=True, related_name="imported"
    )

    def __str__(self) -> str:
        return f"{self.alias_id or self.role_id} from {self.batch_id}"
