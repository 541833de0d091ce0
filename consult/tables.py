"""Every table of the service, imported in one place, so that migrations and tests see them all."""

import consult.identity.offices
import consult.identity.organisations  # noqa: F401 - tables are known by being imported
from consult.store import Base

metadata = Base.metadata
