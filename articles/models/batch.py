"""Batches: one change to many articles at once, as it was planned, what became of each, and its undoing."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from articles.models.job import Job
from articles.models.page import StoredPage
from articles.models.ruling import Ruling
from articles.models.shelf import Collection, Tag, slug_of


class Batch(models.Model):
    """A change to a fixed set of articles. It is a plan until it has a job, which carries it out.

    `value` is the outlet's or the tag's name, or the slug of a collection or a renamed tag; `name_shelves` says what
    that is called now. `query` is the search that the set came from, as an address has it. With `over_rulings` it
    also changes what a person ruled otherwise.
    """

    named = ""

    class Action(models.TextChoices):
        OUTLET = "outlet", "Set the outlet"
        PUBLISH = "publish", "Mark as published"
        HIDE = "hide", "Hide from readers"
        TAG = "tag", "Put under a tag"
        UNTAG = "untag", "Take off a tag"
        COLLECT = "collect", "Put into a collection"
        READ_AGAIN = "read_again", "Read again with today’s rules"

    action = models.CharField("what is done", max_length=20, choices=Action.choices)
    value = models.CharField("to what", max_length=200, blank=True)
    reason = models.TextField("why", blank=True)
    over_rulings = models.BooleanField("also over what people ruled", default=False)
    query = models.TextField("the search", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_by_name = models.CharField("planned by", max_length=150)
    made_at = models.DateTimeField("planned on", default=timezone.now)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="batch")
    undo_job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="undone_batch"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "change of many articles"
        verbose_name_plural = "changes of many articles"

    def __str__(self) -> str:
        return f"{self.get_action_display()}{f': {self.called}' if self.value else ''}"

    def get_absolute_url(self) -> str:
        return reverse("bulk_batch", args=[self.pk])

    @property
    def called(self) -> str:
        """What the articles are set to, in words that a person knows."""
        return self.named or self.value

    @property
    def over(self) -> bool:
        """Whether it was carried out, and taken back where that was begun; what broke off can still go on."""
        jobs = [self.job] if self.undo_job is None else [self.job, self.undo_job]
        return all(job is not None and job.state == Job.State.DONE for job in jobs)

    def counts(self) -> dict[str, int]:
        """Return the number of articles by what is to become, or became, of them."""
        found = self.items.order_by().values_list("state").annotate(number=Count("pk"))
        return {str(state): 0 for state in BatchItem.State} | dict(found)


def name_shelves(batches: Iterable[Batch]) -> None:
    """Have each batch call its tag or collection as that is called now; two queries for all of them."""
    actions = Batch.Action
    for shelves, shelving in ((Tag, (actions.TAG, actions.UNTAG)), (Collection, (actions.COLLECT,))):
        slugs = {batch: slug_of(batch.value) for batch in batches if batch.action in shelving}
        if slugs:
            wanted = [*slugs.values(), *(batch.value for batch in slugs)]
            names = dict(shelves.objects.filter(slug__in=wanted).values_list("slug", "name"))
            for batch, slug in slugs.items():
                batch.named = names.get(batch.value) or names.get(slug, "")


class BatchItem(models.Model):
    """One article of a batch, by its page, which outlives every re-run.

    `before` is what it had when the batch was planned, in the JSON form of rulings; `note` says who or what stood
    in the way.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "will change"
        SAME = "same", "is so already"
        RULED = "ruled", "a person ruled otherwise"
        DONE = "done", "changed"
        MOVED_ON = "moved_on", "changed by somebody else meanwhile"
        UNREAD = "unread", "could not be read"
        UNDONE = "undone", "taken back"
        KEPT = "kept", "changed since, left alone"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(StoredPage, on_delete=models.CASCADE, related_name="batch_items")
    before = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices)
    note = models.TextField(blank=True)
    ruling = models.OneToOneField(
        Ruling, on_delete=models.SET_NULL, null=True, blank=True, related_name="batch_item"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "page"], name="page_once_in_a_batch")]
        indexes = [models.Index(fields=["batch", "state"], name="items_of_a_batch_by_state")]

    def __str__(self) -> str:
        return f"{self.page_id} in {self.batch_id}: {self.state}"
