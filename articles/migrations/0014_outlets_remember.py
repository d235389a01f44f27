"""Who changed an outlet, and what it was before. Those that are there are written down as they are now."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

KEPT = ("id", "name", "slug", "domains", "country", "language", "rules")


def write_down(apps, schema_editor):
    now = timezone.now()
    found = apps.get_model("articles", "Outlet").objects.order_by("pk").values(*KEPT)
    histories = apps.get_model("articles", "HistoricalOutlet").objects
    histories.bulk_create(
        (histories.model(**outlet, history_date=now, history_type="+") for outlet in found), batch_size=500
    )


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0013_ids_of_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalOutlet',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=200)),
                ('slug', models.SlugField(max_length=80, verbose_name='name in addresses')),
                ('domains', models.JSONField(blank=True, default=list, help_text='Host names of its site, as a list.', verbose_name='addresses of its site')),
                ('country', models.CharField(blank=True, help_text='ISO 3166 code of two letters.', max_length=2)),
                ('language', models.CharField(blank=True, help_text='Main language, as an ISO 639 code.', max_length=8)),
                ('rules', models.JSONField(blank=True, default=dict, help_text='Cleaning rules learnt for this outlet.', verbose_name='what was learnt of its pages')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical outlet',
                'verbose_name_plural': 'historical outlets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
