"""What the archive stores. Each file holds a QuerySet and, below it, its model."""

from articles.models.actor import Actor, ActorContext, Alias, Mention, Quote, Role
from articles.models.article import Article, Cleaning, DateMention, FieldEvidence, Status
from articles.models.authority_batch import AuthorityAddition, AuthorityBatch, AuthorityEntryLink
from articles.models.batch import Batch, BatchItem, name_shelves
from articles.models.copy_key import CopyKey, PartKey
from articles.models.dated_text import DatedText
from articles.models.disputed_line import DisputedLine
from articles.models.job import Job
from articles.models.join_candidate import JoinCandidate
from articles.models.name_key import ContextWord, NameKey
from articles.models.note import Note
from articles.models.outlet import Outlet
from articles.models.outlet_line import CountedPage, OutletLine
from articles.models.page import RefusedPage, StoredPage
from articles.models.pending import PendingIndex
from articles.models.place import Place, PlaceMention
from articles.models.ruling import Ruling
from articles.models.shelf import Collection, CollectionEntry, Tag, Tagging
from articles.models.story import DuplicateLink, PartLink, Story
from articles.models.upload import Upload, UploadedFile, UploadedPage

__all__ = [
    "Actor",
    "ActorContext",
    "Alias",
    "Article",
    "AuthorityAddition",
    "AuthorityBatch",
    "AuthorityEntryLink",
    "Batch",
    "BatchItem",
    "Cleaning",
    "Collection",
    "CollectionEntry",
    "ContextWord",
    "CopyKey",
    "CountedPage",
    "DateMention",
    "DatedText",
    "DisputedLine",
    "DuplicateLink",
    "FieldEvidence",
    "Job",
    "JoinCandidate",
    "Mention",
    "NameKey",
    "Note",
    "Outlet",
    "OutletLine",
    "PartKey",
    "PartLink",
    "PendingIndex",
    "Place",
    "PlaceMention",
    "Quote",
    "RefusedPage",
    "Role",
    "Ruling",
    "Status",
    "StoredPage",
    "Story",
    "Tag",
    "Tagging",
    "Upload",
    "UploadedFile",
    "UploadedPage",
    "name_shelves",
]
