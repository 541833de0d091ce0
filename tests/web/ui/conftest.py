"""What the tests of the components share: the reader's language, and the gallery as a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from consult.i18n import current_locale
from web.pages import render
from web.ui.gallery import gallery_context

NOW = datetime(2026, 12, 2, 12, 5, tzinfo=UTC)


@contextmanager
def reading(locale: str) -> Iterator[None]:
    """Read in a language for a while."""
    token = current_locale.set(locale)
    yield
    current_locale.reset(token)


@pytest.fixture
def english() -> Iterator[None]:
    with reading("en"):
        yield


@pytest.fixture
def gallery() -> str:
    return render("ui/gallery.html", **gallery_context(NOW))
