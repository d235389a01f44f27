"""Changes of many articles at once, what became of each, and their undoing."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def forget_jobs(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  # Django passes it
    """Forget background work that nothing knows how to do any more."""
    apps.get_model("articles", "Job").objects.filter(kind="batch").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0015_tags_collections_notes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, forget_jobs),  # backwards it is the last
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('line', 'a marked line'), ('reclean', 'cleaning again'), ('resolve', 'finding out anew who is meant'), ('upload', 'taking in an upload'), ('batch', 'changing many articles')], max_length=20, verbose_name='what for'),
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('outlet', 'Set the outlet'), ('publish', 'Mark as published'), ('hide', 'Hide from readers'), ('tag', 'Put under a tag'), ('untag', 'Take off a tag'), ('collect', 'Put into a collection'), ('read_again', 'Read again with today’s rules')], max_length=20, verbose_name='what is done')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='to what')),
                ('reason', models.TextField(blank=True, verbose_name='why')),
                ('over_rulings', models.BooleanField(default=False, verbose_name='also over what people ruled')),
                ('query', models.TextField(blank=True, verbose_name='the search')),
                ('made_by_name', models.CharField(max_length=150, verbose_name='planned by')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='planned on')),
                ('job', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batch', to='articles.job')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undo_job', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_batch', to='articles.job')),
            ],
            options={
                'verbose_name': 'change of many articles',
                'verbose_name_plural': 'changes of many articles',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(blank=True, null=True)),
                ('state', models.CharField(choices=[('planned', 'will change'), ('same', 'is so already'), ('ruled', 'a person ruled otherwise'), ('done', 'changed'), ('moved_on', 'changed by somebody else meanwhile'), ('unread', 'could not be read'), ('undone', 'taken back'), ('kept', 'changed since, left alone')], max_length=20)),
                ('note', models.TextField(blank=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='articles.batch')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batch_items', to='articles.storedpage')),
                ('ruling', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batch_item', to='articles.ruling')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['batch', 'state'], name='items_of_a_batch_by_state')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'page'), name='page_once_in_a_batch')],
            },
        ),
    ]
