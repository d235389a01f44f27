#!/usr/bin/env python
"""Run a Dateline command: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Hand the command line to Django with the development settings as default."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
