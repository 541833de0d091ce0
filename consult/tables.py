"""Every table of the service, imported in one place, so that migrations and tests see them all."""

# ruff: noqa: F401 - tables are known by being imported

import consult.consultations.alike
import consult.consultations.answer_templates
import consult.consultations.appeals
import consult.consultations.assignments
import consult.consultations.attachments
import consult.consultations.causes
import consult.consultations.closed_accounts
import consult.consultations.consultations
import consult.consultations.contact_register
import consult.consultations.contestations
import consult.consultations.counters
import consult.consultations.date_moves
import consult.consultations.dealings
import consult.consultations.debate_requests
import consult.consultations.documents
import consult.consultations.dossiers.dossiers
import consult.consultations.drafts
import consult.consultations.duties
import consult.consultations.erasure_requests
import consult.consultations.figure_places
import consult.consultations.figures
import consult.consultations.further_packs
import consult.consultations.following
import consult.consultations.gatherings
import consult.consultations.hand_entries
import consult.consultations.listings
import consult.consultations.promises
import consult.consultations.reader_reports
import consult.consultations.recommendations
import consult.consultations.reports
import consult.consultations.responses
import consult.consultations.sources
import consult.consultations.supports
import consult.consultations.unconfirmed
import consult.consultations.unsent
import consult.consultations.versions
import consult.files.blobs
import consult.identity.authority_rules
import consult.identity.departments
import consult.identity.limits
import consult.identity.memberships
import consult.identity.nominations
import consult.identity.offices
import consult.identity.one_use_links
import consult.identity.organisations
import consult.identity.pseudonyms
import consult.identity.recovery_codes
import consult.identity.registers
import consult.identity.second_step
import consult.identity.sessions
import consult.identity.sign_up
import consult.identity.two_factor
import consult.jobs.jobs
import consult.jobs.timetable
import consult.library.figures
import consult.meetings.agendas
import consult.meetings.attendance
import consult.meetings.meetings
import consult.meetings.minutes
import consult.meetings.recordings
import consult.meetings.speakers
import consult.notifications.subscriptions
import consult.record.bodies
import consult.record.digests
import consult.record.entries
import consult.record.erasures
import consult.record.packs
import consult.record.stamping
import consult.record.tree
import consult.record.witnesses
import consult.store.resend
from consult.store import Base

metadata = Base.metadata
