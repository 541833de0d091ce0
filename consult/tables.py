"""Every table of the service, imported in one place, so that migrations and tests see them all."""

from consult.store import Base

metadata = Base.metadata
