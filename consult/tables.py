"""Every table of the service, imported in one place, so that migrations and tests see them all."""

# ruff: noqa: F401 - tables are known by being imported

import consult.files.blobs
import consult.identity.offices
import consult.identity.organisations
import consult.jobs.jobs
import consult.jobs.timetable
import consult.store.resend
from consult.store import Base

metadata = Base.metadata
