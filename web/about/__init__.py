"""Pages about the service itself: accessibility, personal data, contact, source code, and how it is doing."""

from web.about import pages, status

handlers = [*pages.handlers, *status.handlers]
