"""What every letter must know, whatever it is about."""

from typing import Annotated

import msgspec

#: A path of this service, as `consult.links` makes them: no letter ever leads anywhere else.
Path = Annotated[str, msgspec.Meta(pattern=r"^/([^/\\]|$)")]


class LetterFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every letter must know: where its reader can go on. A letter has this one link and no other."""

    link: Path


class AccountLetter(LetterFacts, frozen=True, kw_only=True):
    """A letter about the reader's own account, signed by the authority that runs the installation.

    Whoever types an address can make us write to it, so these letters carry no word that a stranger chose.
    """


class AuthorityLetter(LetterFacts, frozen=True, kw_only=True):
    """A letter that an authority signs."""

    authority_id: int
