"""The archive's one Django app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Registers the system checks; everything else is imported where it is used."""

    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Archive"

    def ready(self) -> None:
        from articles import checks  # noqa: F401  # importing it registers the checks
