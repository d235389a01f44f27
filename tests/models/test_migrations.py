"""Migrations go forward and back again, and never lose a ruling on the way forward."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back() -> None:
    loader = MigrationLoader(connection)
    names = sorted(name for app, name in loader.disk_migrations if app == "articles")
    try:
        for name in [*reversed(names[:-1]), "zero"]:
            call_command("migrate", "articles", name, verbosity=0)
        tables = connection.introspection.table_names()
        assert not [table for table in tables if table.startswith("articles_")]
    finally:
        call_command("migrate", verbosity=0)
    assert "articles_article" in connection.introspection.table_names()
