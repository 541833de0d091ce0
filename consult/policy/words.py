"""The words of a pack: names, sentences that may not be empty, and texts in both languages of the service."""

from typing import Annotated

from msgspec import Meta, Struct

from consult.i18n import DEFAULT_LOCALE, current_locale

NOT_EMPTY = r"\S"
PACK_ID = r"^[a-z0-9-]+(/[a-z0-9-]+)+$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Words = Annotated[str, Meta(pattern=NOT_EMPTY)]
PackId = Annotated[str, Meta(pattern=PACK_ID)]
Slug = Annotated[str, Meta(pattern=SLUG)]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a pack: an unknown key is a mistake, and what is not said is not written when the pack is frozen."""


class Bilingual(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the law or of a pack in Romanian and English; they are data, not a catalogue's."""

    ro: Words
    en: Words

    def __str__(self) -> str:
        """Return the words in the current locale, in Romanian where it has none of its own."""
        return str(getattr(self, current_locale.get(), getattr(self, DEFAULT_LOCALE)))
