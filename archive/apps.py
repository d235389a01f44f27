"""Names for apps of others, where people see them."""

from axes.apps import AppConfig


class SignInAttempts(AppConfig):
    """django-axes, called in the admin what it holds."""

    verbose_name = "Attempts to sign in"
