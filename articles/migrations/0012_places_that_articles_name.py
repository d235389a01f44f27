"""Places that articles name, and what the archive calls them.

The tables begin empty: reading stored pages again (`manage.py reclean`) fills them. Back drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_plain_labels'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='PlaceMention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=200)),
                ('count', models.PositiveIntegerField()),
                ('spots', models.JSONField(default=list)),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='place_mentions', to='articles.article')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='articles.place')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['place', 'label', 'count'], name='spellings_of_a_place')],
                'constraints': [models.UniqueConstraint(fields=('article', 'place'), name='place_once_per_article')],
            },
        ),
    ]
