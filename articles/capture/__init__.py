"""Capture: pages from files, folders, JSON Lines and zip archives. Pure: no Django, no network."""

from articles.capture.page import RawPage, Refusal
from articles.capture.readers import DEFAULT_LIMITS, Limits, page_from_bytes, read_paths

__all__ = ["DEFAULT_LIMITS", "Limits", "RawPage", "Refusal", "page_from_bytes", "read_paths"]
