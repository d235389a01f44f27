#!/usr/bin/env python
"""Run a Dateline command: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Hand the command line to Django with the development settings as default."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.dev")
    # The matrices are small: threads of the linear algebra library cost more than they bring, and several
    # processes would get in each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
