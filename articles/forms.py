"""The form with which a curator corrects an article."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.models import Article
from articles.models.article import INTERVALS, LISTS, RULED_FIELDS


class LinesField(forms.CharField):
    """A list of texts, edited as one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list is the point of it
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class ArticleForm(forms.ModelForm):
    """Every field that a person can rule on, the reason, and the version that the person has before them."""

    authors = LinesField(required=False, help_text="One a line.")
    source_credits = LinesField(required=False, help_text="Agencies the story was taken from, one a line.")
    reason = forms.CharField(
        required=False,
        max_length=500,
        help_text="Why you change this; kept with your name in the article's history.",
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields = [
            "headline",
            "subtitle",
            "authors",
            "outlet",
            "published_from",
            "published_to",
            "published_precision",
            "updated_from",
            "updated_to",
            "updated_precision",
            "dateline",
            "section",
            "source_credits",
            "language",
            "status",
            "body",
        ]
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "subtitle": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 30}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in INTERVALS:
            self._clean_interval(name, cleaned)
        body = cleaned.get("body")
        if body is not None:
            cleaned["body"] = body.replace("\r\n", "\n").strip()
        return cleaned

    def _clean_interval(self, name: str, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get(f"{name}_from"), cleaned.get(f"{name}_to")
        if start and not end and f"{name}_from" in self.changed_data:
            cleaned[f"{name}_to"] = end = start
        touched = {f"{name}_from", f"{name}_to"} & set(self.changed_data)
        if (start is None) != (end is None):
            if not touched:
                return  # "not before 4 May", as the machine or a colleague left it
            self.add_error(
                f"{name}_from", "Give the first day as well; both days are the same for an exact date."
            )
        elif start and end and start > end:
            self.add_error(f"{name}_to", "The last day comes before the first one. Swap them.")
        elif start is None:
            cleaned[f"{name}_precision"] = "unknown"
        elif cleaned.get(f"{name}_precision") in {"unknown", None} or (
            f"{name}_precision" not in self.changed_data and f"{name}_from" in self.changed_data
        ):
            cleaned[f"{name}_precision"] = "day" if start == end else "interval"

    def changes(self) -> dict[str, Any]:
        """Return the fields that differ from the stored article, in the JSON form of rulings."""
        stored = Article.objects.select_related("outlet").get(pk=self.instance.pk)
        wanted = {name: self._json_value(name) for name in RULED_FIELDS}
        return {name: value for name, value in wanted.items() if value != stored.field_value(name)}

    def _json_value(self, name: str) -> Any:
        cleaned = self.cleaned_data
        if name == "outlet":
            return cleaned["outlet"].name if cleaned["outlet"] else None
        if name in INTERVALS:
            start, end = cleaned[f"{name}_from"], cleaned[f"{name}_to"]
            return {
                "from": start.isoformat() if start else None,
                "to": end.isoformat() if end else None,
                "precision": cleaned[f"{name}_precision"],
            }
        if name in LISTS:
            return list(cleaned[name]) or None
        return cleaned[name] or None
