"""Spellings that can be looked up, imports of actors, and what the archive learns of outlets and dates.

Forward fills the new columns of spellings. What is learnt of lines and dated texts is built by
`manage.py link_copies --from-start`. Back drops what can be built again, and the record of imports.
"""

import articles.models.dated_text
import articles.models.name_fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


BATCH = 2000  # rows written at once


def fill(apps, schema_editor):
    """Write the columns that saving a spelling writes from now on."""
    from articles.resolve.names import normalise
    from articles.resolve.sounds import sounds_of

    Alias = apps.get_model("articles", "Alias")
    batch = []
    for alias in Alias.objects.order_by("pk").iterator(chunk_size=BATCH):
        alias.folded, alias.sounds = normalise(alias.surface)[:300], sounds_of(alias.surface)[:300]
        batch.append(alias)
        if len(batch) == BATCH:
            Alias.objects.bulk_update(batch, ["folded", "sounds"])
            batch = []
    Alias.objects.bulk_update(batch, ["folded", "sounds"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_ledger_of_actors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="alias",
            name="folded",
            field=articles.models.name_fields.FoldedField(
                db_index=True, default="", editable=False, max_length=300
            ),
        ),
        migrations.AddField(
            model_name="alias",
            name="sounds",
            field=articles.models.name_fields.SoundsField(default="", editable=False, max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.CreateModel(
            name="AuthorityBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("form", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("counts", models.JSONField(default=dict)),
                (
                    "made_by_name",
                    models.CharField(help_text="Kept when the account is deleted.", max_length=150),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by_name", models.CharField(blank=True, max_length=150)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "authority batches",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AuthorityAddition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "alias",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported",
                        to="articles.alias",
                    ),
                ),
                (
                    "role",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported",
                        to="articles.role",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="additions",
                        to="articles.authoritybatch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CountedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lines", models.BinaryField(help_text="Fingerprints of 8 bytes each.")),
                (
                    "long_lines",
                    models.PositiveIntegerField(help_text="How many of them are as long as a paragraph."),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.outlet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DatedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("terms", models.BinaryField(help_text="Hashes of its words, and how often each comes.")),
                (
                    "stamp",
                    models.BigIntegerField(
                        default=articles.models.dated_text.new_stamp,
                        help_text="Another number after every change.",
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutletLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "outlet_id",
                        "fingerprint",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "fingerprint",
                    models.BigIntegerField(help_text="Hash of the line as the cleaner compares lines."),
                ),
                ("pages", models.PositiveIntegerField()),
                ("first", models.BigIntegerField()),
                (
                    "outlet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.outlet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuthorityEntryLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("made", models.BooleanField(default=False)),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="What the file itself gives as the source.", max_length=300
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authority_entries",
                        to="articles.actor",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="articles.authoritybatch",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key",), name="one_actor_per_file_entry")],
            },
        ),
    ]
