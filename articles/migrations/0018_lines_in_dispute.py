"""Lines in dispute: they come with the next reading of their pages, and go without a trace."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0017_pairs_ruled_one_story'),
    ]

    operations = [
        migrations.CreateModel(
            name='DisputedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='line of the page')),
                ('phrase', models.CharField(max_length=600)),
                ('text', models.CharField(max_length=600)),
                ('says_no', models.TextField()),
                ('says_yes', models.TextField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disputed_lines', to='articles.article')),
            ],
            options={
                'indexes': [models.Index(fields=['phrase'], name='disputed_lines_by_phrase')],
                'constraints': [models.UniqueConstraint(fields=('article', 'phrase'), name='line_disputed_once')],
            },
        ),
    ]
