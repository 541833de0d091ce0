"""Letters about accounts and organisations."""

from datetime import datetime
from typing import Literal

from consult.mail.kinds.facts import AccountLetter, AuthorityLetter


class ConfirmAddress(AccountLetter, frozen=True, kw_only=True, tag="confirm-address"):
    """Someone signed up with this address: is it theirs?"""

    expires_at: datetime


class AlreadyRegistered(AccountLetter, frozen=True, kw_only=True, tag="already-registered"):
    """Someone signed up with an address that has an account; only its holder learns so.

    `link`: sign-in, or where a first password is chosen.
    """


class ResetPassword(AccountLetter, frozen=True, kw_only=True, tag="reset-password"):
    """Someone asked for a new password for this address."""

    expires_at: datetime


class NoSuchAccount(AccountLetter, frozen=True, kw_only=True, tag="no-such-account"):
    """Someone asked for a new password for an address that has no account. `link`: registration."""


class PasswordChanged(AccountLetter, frozen=True, kw_only=True, tag="password-changed"):
    """The password was changed. `link`: where to ask for a new one, should it have been somebody else."""

    changed_at: datetime


class PasswordSet(AccountLetter, frozen=True, kw_only=True, tag="password-set"):
    """The account has its first password. `link`: where to ask for a new one, should it have been somebody else."""

    changed_at: datetime


class SecondStepChanged(AccountLetter, frozen=True, kw_only=True, tag="second-step-changed"):
    """How the reader signs in in two steps is no longer as it was. `link`: the account.

    `change`: set up (or moved to another telephone), given up, reset by an administrator, passed with a recovery code,
    or the recovery codes replaced.
    """

    change: Literal["set_up", "off", "reset", "code_used", "new_codes"]
    changed_at: datetime


class AccountClosed(AccountLetter, frozen=True, kw_only=True, tag="account-closed"):
    """The reader has closed their account; the last letter to this address. `link`: what is kept of whom, and why."""

    closed_at: datetime


class NewSignIn(AccountLetter, frozen=True, kw_only=True, tag="new-sign-in"):
    """Someone signed in from a device not seen before. `device`: in a few words. `link`: the list of sessions."""

    signed_in_at: datetime
    device: str


class Invitation(AuthorityLetter, frozen=True, kw_only=True, tag="invitation"):
    """The reader is asked to act for an organisation or an authority. `place`: its name."""

    inviter: str
    place: str
    expires_at: datetime


class OrganisationVerified(AuthorityLetter, frozen=True, kw_only=True, tag="organisation-verified"):
    """An official has found the organisation in order: its members may now act for it."""

    organisation: str


class OrganisationRefused(AuthorityLetter, frozen=True, kw_only=True, tag="organisation-refused"):
    """An official could not verify the organisation, and says why."""

    organisation: str
    reason: str


OfAccounts = (
    ConfirmAddress
    | AlreadyRegistered
    | ResetPassword
    | NoSuchAccount
    | PasswordChanged
    | PasswordSet
    | SecondStepChanged
    | AccountClosed
    | NewSignIn
    | Invitation
    | OrganisationVerified
    | OrganisationRefused
)
