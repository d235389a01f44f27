"""The forms with which curators correct an article and bring pages in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile as SentFile
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat

from articles.models import Article, Batch, Upload
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

    authors = LinesField(label="Written by", required=False, help_text="One a line.")
    source_credits = LinesField(
        label="Taken from", required=False, help_text="Agencies the story was taken from, one a line."
    )
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
        widgets: ClassVar[dict[str, forms.Widget]] = {
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


class ArticlePageForm(ArticleForm):
    """The same on a page of our own, where the browser helps with days and the version must be told."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(ArticleForm.Meta):
        widgets: ClassVar[dict[str, forms.Widget]] = {
            **ArticleForm.Meta.widgets,
            **{
                f"{name}_{end}": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                for name in INTERVALS
                for end in ("from", "to")
            },
            "body": forms.Textarea(attrs={"rows": 18}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class BulkForm(forms.Form):
    """What is to become of many articles: which value is needed depends on it, and is told when it is missing."""

    action = forms.ChoiceField(label="What is to be done", choices=Batch.Action.choices)
    outlet = forms.CharField(label="Outlet", required=False, max_length=200)
    tag = forms.CharField(label="Tag", required=False, max_length=120)
    collection = forms.CharField(label="Collection", required=False, max_length=130)
    reason = forms.CharField(label="Why", required=False, max_length=500)
    over_rulings = forms.BooleanField(label="Also where a person ruled otherwise", required=False)

    def clean(self) -> dict[str, Any]:
        """Keep the one value that the action needs, under the name `value`."""
        cleaned = super().clean() or {}
        named = {"outlet": "outlet", "tag": "tag", "untag": "tag", "collect": "collection"}
        values = {name: cleaned.pop(name, "") for name in ("outlet", "tag", "collection")}
        cleaned["value"] = values.get(named.get(cleaned.get("action", ""), ""), "")
        return cleaned


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none of which is looked into here: an empty one is refused by name when it is read."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[SentFile]:  # noqa: ARG002  # Django passes it
        files: list[SentFile] = list(data or [])
        return files


class UploadForm(forms.Form):
    """Pages as a browser sends them in one piece: files, a folder, a zip, or pasted text."""

    pages = FilesField(required=False, label="Files, or a zip of them")
    text = forms.CharField(
        required=False, strip=False, label="Or the text of one page", widget=forms.Textarea
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("pages") and not cleaned.get("text", "").strip():
            raise forms.ValidationError("Choose a file, or paste the text of a page.")
        check_upload_size(cleaned.get("pages") or [])
        return cleaned


class UploadPartForm(forms.Form):
    """Some files of an upload that a script sends in parts, each with its path as the person sees it."""

    pages = FilesField()
    paths = forms.JSONField()

    def __init__(self, *args: Any, upload: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload = upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        files, paths = cleaned.get("pages") or [], cleaned.get("paths")
        if not isinstance(paths, list) or len(paths) != len(files):
            raise forms.ValidationError("Some files came without their names. Send them again.")
        check_upload_size(files, before=self.upload.files.aggregate(sum=Sum("size"))["sum"] or 0)
        return cleaned

    def named_files(self) -> Iterator[tuple[SentFile, str]]:
        """Give each file with its path."""
        for file, path in zip(self.cleaned_data["pages"], self.cleaned_data["paths"], strict=True):
            yield file, str(path) or str(file.name)


def check_upload_size(files: list[SentFile], *, before: int = 0) -> None:
    """Refuse files that make an upload larger than ARCHIVE_UPLOAD_LIMIT, all in bytes."""
    size = before + sum(file.size or 0 for file in files)
    if size > settings.ARCHIVE_UPLOAD_LIMIT:
        raise forms.ValidationError(
            f"Together the files have {filesizeformat(size)}; one upload takes "
            f"{filesizeformat(settings.ARCHIVE_UPLOAD_LIMIT)}. Send them in several, or have them put on the "
            "server and taken in there with manage.py ingest."
        )
