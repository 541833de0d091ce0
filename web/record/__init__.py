"""The public record: as files for programs, in words for people, with receipts and the means to check them."""

from web.record import entries, log, receipts, verification, witnesses
from web.record.archive import archive

handlers = [archive, *log.handlers, *verification.handlers, *witnesses.handlers, *receipts.handlers, *entries.handlers]
