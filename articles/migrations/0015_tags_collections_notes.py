"""Tags, collections and notes; what is put where follows from rulings."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def shelve_again(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  # Django passes it
    """Put articles back on the shelves that rulings name: they outlived the tables, should these have gone once."""
    rulings = apps.get_model("articles", "Ruling").objects.filter(
        verdict__in=("tag", "collected"), undone_at=None, page__isnull=False
    )
    last = {(one.verdict, one.page_id, one.left): one for one in rulings.order_by("made_at", "pk")}
    for (verdict, page, slug), ruling in last.items():
        if not ruling.value["on"]:
            continue
        shelves = apps.get_model("articles", "Tag" if verdict == "tag" else "Collection").objects
        shelf, _ = shelves.get_or_create(slug=slug, defaults={"name": ruling.value["name"]})
        if verdict == "tag":
            shelf.taggings.create(page_id=page)
        else:
            shelf.entries.create(page_id=page, place=shelf.entries.count() + 1)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0014_outlets_remember'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(editable=False, max_length=130, unique=True, verbose_name='name in addresses')),
                ('description', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made on')),
            ],
            options={
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.AlterField(
            model_name='ruling',
            name='verdict',
            field=models.CharField(choices=[('field', 'this field has this value'), ('line', 'this line is, or is not, the article'), ('same', 'the same'), ('different', 'different'), ('unsure', 'cannot be decided'), ('name', 'this actor is called so'), ('kind', 'this actor is of this kind'), ('alias', 'this spelling means this actor'), ('is_really', 'this spelling is really another actor'), ('not_a_name', 'this spelling names nobody'), ('not_an_actor', 'not an actor'), ('tag', 'this article has this tag, or has it not'), ('collected', 'this article is in this collection, or is not')], max_length=20, verbose_name='what was ruled'),
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(editable=False, max_length=130, unique=True, verbose_name='name in addresses')),
                ('description', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made on')),
                ('owner_name', models.CharField(blank=True, max_length=150, verbose_name='begun by')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='collections', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollectionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField(help_text='From 1; gaps say nothing.')),
                ('remark', models.TextField(blank=True, verbose_name='why it stands here')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='articles.collection')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collection_entries', to='articles.storedpage')),
            ],
            options={
                'verbose_name_plural': 'collection entries',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='collection',
            name='pages',
            field=models.ManyToManyField(related_name='collections', through='articles.CollectionEntry', to='articles.storedpage'),
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('made_by_name', models.CharField(max_length=150, verbose_name='written by')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written on')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away on')),
                ('removed_by_name', models.CharField(blank=True, max_length=150, verbose_name='taken away by')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='articles.storedpage')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='articles.note')),
            ],
            options={
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tagging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='articles.storedpage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='articles.tag')),
            ],
        ),
        migrations.AddField(
            model_name='tag',
            name='pages',
            field=models.ManyToManyField(related_name='tags', through='articles.Tagging', to='articles.storedpage'),
        ),
        migrations.AddConstraint(
            model_name='collectionentry',
            constraint=models.UniqueConstraint(fields=('collection', 'page'), name='page_once_in_a_collection'),
        ),
        migrations.AddConstraint(
            model_name='tagging',
            constraint=models.UniqueConstraint(fields=('tag', 'page'), name='tag_once_on_a_page'),
        ),
        migrations.RunPython(shelve_again, migrations.RunPython.noop),
    ]
