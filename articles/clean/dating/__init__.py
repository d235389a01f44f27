"""Dating articles by what they say: evidence, intervals, stated dates checked, dates mentioned."""

from articles.clean.dating.content import Dating, date_by_content, date_sentences
from articles.clean.dating.edtf import EdtfError, from_edtf, to_edtf
from articles.clean.dating.evidence import Evidence, Kind
from articles.clean.dating.facts import Facts, FactsError, load_facts
from articles.clean.dating.mentioned import MentionedDate, dates_in_sentences, mentioned_dates
from articles.clean.dating.neighbours import Neighbour, NeighbourIndex
from articles.clean.dating.sentences import split_body
from articles.clean.dating.stated import StatedCheck, check_stated

__all__ = [
    "Dating",
    "EdtfError",
    "Evidence",
    "Facts",
    "FactsError",
    "Kind",
    "MentionedDate",
    "Neighbour",
    "NeighbourIndex",
    "StatedCheck",
    "check_stated",
    "date_by_content",
    "date_sentences",
    "dates_in_sentences",
    "from_edtf",
    "load_facts",
    "mentioned_dates",
    "split_body",
    "to_edtf",
]
