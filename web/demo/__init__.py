"""What only the demonstration shows: its accounts, and the letters that nobody sends."""

from web.demo.accounts import accounts
from web.demo.mail import letters

handlers = [accounts, letters]

__all__ = ["handlers"]
