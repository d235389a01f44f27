"""What the archive stores. Each file holds a QuerySet and, below it, its model."""

from articles.models.actor import Actor, Alias, Mention, Quote, Role
from articles.models.article import Article, Cleaning, DateMention, FieldEvidence, Status
from articles.models.copy_key import CopyKey, PartKey
from articles.models.job import Job
from articles.models.outlet import Outlet
from articles.models.page import RefusedPage, StoredPage
from articles.models.pending import PendingIndex
from articles.models.ruling import Ruling
from articles.models.story import DuplicateLink, PartLink, Story

__all__ = [
    "Actor",
    "Alias",
    "Article",
    "Cleaning",
    "CopyKey",
    "DateMention",
    "DuplicateLink",
    "FieldEvidence",
    "Job",
    "Mention",
    "Outlet",
    "PartKey",
    "PartLink",
    "PendingIndex",
    "Quote",
    "RefusedPage",
    "Role",
    "Ruling",
    "Status",
    "StoredPage",
    "Story",
]
