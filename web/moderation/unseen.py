"""What must not be read any more is shown by no copy of a page: after an erasure or a hiding all are made anew.

Other processes and the proxy show theirs for seconds at most (`web.cache`).
"""

from web.cache import PublicPages
from web.given import Request


def forget_copies(request: Request) -> None:
    """Let go of every page that this process holds."""
    pages: PublicPages = request.app.state.public_pages
    pages.forget()
