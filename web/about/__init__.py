"""Pages about the service itself: accessibility, personal data, contact, source code."""

from web.about.pages import handlers

__all__ = ["handlers"]
