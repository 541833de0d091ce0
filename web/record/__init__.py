"""The public record: as files for programs, in words for people, with receipts and the means to check them."""

from web.record import digests, entries, log, mirror, receipts, schema, subscriptions, verification, witnesses
from web.record.archive import archive

handlers = [
    archive,
    *log.handlers,
    *verification.handlers,
    *witnesses.handlers,
    *mirror.handlers,
    *schema.handlers,
    *digests.handlers,
    *subscriptions.handlers,
    *receipts.handlers,
    *entries.handlers,
]
