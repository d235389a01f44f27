"""Tests of engines."""

import pytest

# So that a failing case says what it compared, as in a module of tests.
pytest.register_assert_rewrite("tests.engines.contract")
