"""Forms without a script: what was sent, every mistake at once, and the typed text always kept.

A handler shows `blank(…)` on GET. On POST it reads the form; if `form.data` is None it shows the same page again with
status 422, and the same when the action refuses (`form.refuse`). Otherwise it acts and answers with 303.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

import msgspec
from litestar import Request

from consult.i18n import N_, gettext
from consult.refusals import Refusal
from consult.store.resend import Sending, SentDifferently
from web.bodies import Malformed, Posted, UploadedFile, read_posted
from web.fields import TICKED, Mistake, fields_of

T = TypeVar("T", bound=msgspec.Struct)
P = ParamSpec("P")

#: The hidden field that makes a resend harmless, and how long its random text is.
KEY_FIELD = "key"
KEY_BYTES = 16
LONGEST_KEY = 64


class UnknownField(Malformed):
    """The form has no such field: somebody tries what else could be set."""

    sentence = N_("What was sent has a part that this form does not ask for. Nothing was saved.")
    status = 422


class KeyMissing(Malformed):
    """The form came without the key that tells it from every other."""

    sentence = N_("Part of the form did not arrive. Send it once more.")
    status = 422


class FieldError(NamedTuple):
    """What is still to be put right. `name` is the field's, or empty for what concerns the whole form.

    `brief`: the same for the summary that leads to the field, where `message` stands.
    """

    name: str
    message: str
    brief: str


@dataclass(frozen=True)
class Arrival:
    """When the last byte of a form was here, at which address, and who sent it (empty for somebody unknown)."""

    at: datetime
    path: str
    sender: str


class Form(Generic[T]):
    """A form as it stands on the page: what was typed, what it means, what is wrong with it."""

    def __init__(self, form_type: type[T], posted: Posted, arrival: Arrival | None = None) -> None:
        self._fields = fields_of(form_type)
        self._posted = posted
        self._wrong: dict[str, str] = {}
        self._brief: dict[str, str] = {}
        self._arrival = arrival
        #: What the fields mean; None while one of them cannot be taken.
        self.data: T | None = None
        self.key = ""

    def text(self, name: str) -> str:
        """Return what was typed into a field; nothing for a password."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> list[str]:
        """Return everything that was chosen in a field."""
        return [] if self._fields[name].rule.is_secret else self._posted.texts.get(name, [])

    def file(self, name: str) -> UploadedFile | None:
        """Return the file that was sent in a field."""
        return next(iter(self._posted.files.get(name, [])), None)

    def take_files(self, name: str) -> list[UploadedFile]:
        """Take what was sent in a field of files out of the form: whoever takes it answers for it."""
        return self._posted.files.pop(name, [])

    def answer(self, name: str, value: str) -> None:
        """Add an answer to those that were chosen in a field, as if the sender had."""
        self._posted.texts.setdefault(name, []).append(value)

    def carry_over(self, **fields: str) -> None:
        """Write into fields what stands there now, because the thing that the form is about has changed."""
        for name, text in fields.items():
            self._posted.texts[name] = [text]

    @property
    def received_at(self) -> datetime:
        """The instant of arrival, which decides whether it was in time."""
        assert self._arrival is not None, "a blank form has not arrived"
        return self._arrival.at

    @property
    def errors(self) -> list[FieldError]:
        """Everything that is wrong: with the form as a whole, then with its fields in their order."""
        wrong = dict(self._wrong)
        if wrong:
            # No page can put a file back into its field, so its sender must be told.
            for name, files in self._posted.files.items():
                again = gettext("Choose the file “%(name)s” again.") % {"name": files[0].name}
                wrong.setdefault(name, again)
        named = (name for name in ("", *self._fields) if name in wrong)
        return [FieldError(name, wrong[name], self._brief.get(name, wrong[name])) for name in named]

    def error(self, name: str) -> str | None:
        """Return what is wrong with a field."""
        return next((error.message for error in self.errors if error.name == name), None)

    def add(self, name: str, message: str) -> None:
        """Say that something is wrong with a field, or with the whole form where the name is empty."""
        assert not name or name in self._fields, f"the form has no field {name}"
        self._wrong.setdefault(name, message)

    def refuse(self, refusal: Refusal, **elsewhere: str) -> None:
        """Say why the action refused, beside the field that the refusal names.

        `elsewhere`: the field of this form in which that one was written, where it goes by another name.
        """
        if isinstance(refusal, (SentDifferently, KeyMissing)):
            # Whoever sends it once more means it: that is a new form.
            self.key = new_key()
        for part in refusal.parts:
            named = elsewhere.get(part.field or "", part.field)
            field = named if named in self._fields else None
            if field and field not in self._wrong:
                self._brief[field] = part.explain_briefly()
            self.add(field or "", part.explain())

    def check(self, rule: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Say what a rule refuses beside what is wrong already: all of it at once, to be put right in one go."""
        try:
            rule(*args, **kwargs)
        except Refusal as refusal:
            self.refuse(refusal)

    @property
    def sending(self) -> Sending:
        """What `Db.act_once` knows a form again by. Passwords are no part of it, so that no hash of one is kept."""
        assert self._arrival is not None, "a blank form has not arrived"
        if not KEY_BYTES <= len(self.key) <= LONGEST_KEY:
            raise KeyMissing
        said = [[name, self.texts(name)] for name in self._fields]
        sent = [[name, [file.sha256 for file in self._posted.files.get(name, [])]] for name in self._fields]
        identity = [self._arrival.sender, self._arrival.path, self.key]
        # With the key, which nobody keeps: from the hash of what was written alone a short text could be guessed.
        return Sending(digest(identity), digest([self.key, said, sent]), self._arrival.at)

    def read(self, form_type: type[T]) -> None:
        """Find out what the fields mean and what is wrong with them. Raises Malformed."""
        self.key = "".join(self._posted.texts.pop(KEY_FIELD, []))
        if (self._posted.texts.keys() | self._posted.files.keys()) - self._fields.keys():
            raise UnknownField
        values: dict[str, object] = {}
        for name, field in self._fields.items():
            texts = [field.clean(typed) for typed in self._posted.texts.get(name, [])]
            self._posted.texts[name] = [typed.replace("\x00", "") for typed in texts]
            try:
                value = field.read([*texts, *self._posted.files.get(name, [])])
            except Mistake as mistake:
                self._wrong[name] = str(mistake)
            else:
                values |= {} if value is msgspec.UNSET else {name: value}
        if not self._wrong:
            self.data = form_type(**values)


def blank(form_type: type[T], **initial: object) -> Form[T]:
    """Return a form to be filled in; `initial` values stand in its fields."""
    form = Form(form_type, Posted(texts={name: typed(value) for name, value in initial.items()}))
    form.key = new_key()
    return form


async def read_form(request: Request[Any, Any, Any], form_type: type[T]) -> Form[T]:  # Any: Litestar's own types
    """Return the form that a request brings, read to its last byte. Raises Malformed."""
    posted = await read_posted(request)
    arrival = Arrival(request.app.state.clock(), request.scope["path"], request.scope["state"].get("sender", ""))
    form = Form(form_type, posted, arrival)
    form.read(form_type)
    return form


def typed(value: object) -> list[str]:
    """Return what would have been typed for a value."""
    match value:
        case None | False:
            return []
        case list():
            return [each for item in value for each in typed(item)]
        case True:
            written = TICKED
        case Enum():
            written = str(value.value)
        case time():
            written = f"{value:%H:%M}"
        case _:
            written = str(value)
    return [written]


def new_key() -> str:
    """Return the random text that tells one form from every other."""
    return secrets.token_urlsafe(KEY_BYTES)


def digest(content: object) -> bytes:
    """Return the SHA-256 of plain values."""
    return hashlib.sha256(msgspec.json.encode(content)).digest()
