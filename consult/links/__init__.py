"""Every address of the service, made in one place: Romanian nouns without diacritics, stable for ever."""

from consult.links.account import *  # noqa: F403
from consult.links.addresses import *  # noqa: F403
from consult.links.consultations import *  # noqa: F403
from consult.links.cycles import *  # noqa: F403
from consult.links.desk import *  # noqa: F403
from consult.links.meetings import *  # noqa: F403
from consult.links.projects import *  # noqa: F403
from consult.links.record import *  # noqa: F403
from consult.links.voting import *  # noqa: F403
