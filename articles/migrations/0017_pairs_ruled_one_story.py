"""Pairs that a person says are one story; which they are follows from the rulings."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def note_rulings(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  # Django passes it
    """Note the rulings that stand, should the column have gone once and come back."""
    rulings = apps.get_model("articles", "Ruling").objects.filter(verdict="same", kind="article", undone_at=None)
    links = apps.get_model("articles", "DuplicateLink").objects
    numbers = apps.get_model("articles", "Article").objects
    for pair in rulings.values_list("left", "right"):
        ends = sorted(numbers.filter(permanent_id__in=pair).values_list("pk", flat=True))
        links.filter(left__in=ends[:1], right__in=ends[1:]).update(ruled_same=True)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0016_changes_of_many_articles'),
    ]

    operations = [
        migrations.AddField(
            model_name='duplicatelink',
            name='ruled_same',
            field=models.BooleanField(default=False, help_text='It follows from the rulings.', verbose_name='a person says they are one story'),
        ),
        migrations.RunPython(note_rulings, migrations.RunPython.noop),
    ]
