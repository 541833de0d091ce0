"""The kinds of letters, and the facts without which each could not be written.

They stand here, below every room that posts, so that a fact that is missing fails in the action that forgot it and
not a minute later in the worker.
"""

from consult.mail.kinds.account import *  # noqa: F403
from consult.mail.kinds.account import OfAccounts
from consult.mail.kinds.consultations import *  # noqa: F403
from consult.mail.kinds.consultations import OfConsultations
from consult.mail.kinds.facts import *  # noqa: F403
from consult.mail.kinds.meetings import *  # noqa: F403
from consult.mail.kinds.meetings import OfMeetings
from consult.mail.kinds.projects import *  # noqa: F403
from consult.mail.kinds.projects import OfProjects
from consult.mail.kinds.record import *  # noqa: F403
from consult.mail.kinds.record import OfTheRecord
from consult.mail.kinds.voting import *  # noqa: F403
from consult.mail.kinds.voting import OfVotes

AnyLetter = OfAccounts | OfConsultations | OfMeetings | OfProjects | OfTheRecord | OfVotes
