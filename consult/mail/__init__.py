"""Letters: what each kind must know, how an action posts one, and the two ways by which they leave the house.

An action only posts: the letter is a job in its own transaction. Wording, language and sending come later, in
`consult.notifications` and the worker.
"""

from consult.mail.kinds import AnyLetter
from consult.mail.letters import Letter
from consult.mail.post import LETTER, WITHHELD, Posted, post, stamped, withhold
from consult.mail.transports import FolderTransport, SmtpTransport, Transport, read_folder

__all__ = [
    "LETTER",
    "WITHHELD",
    "AnyLetter",
    "FolderTransport",
    "Letter",
    "Posted",
    "SmtpTransport",
    "Transport",
    "post",
    "read_folder",
    "stamped",
    "withhold",
]
