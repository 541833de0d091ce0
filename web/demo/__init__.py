"""What only the demonstration shows: the letters that nobody sends."""

from web.demo.mail import handlers

__all__ = ["handlers"]
