"""The roles in which somebody acts, in the words of the record.

Each event names those in which it may be recorded (`Event.signers`): by that the service signs what it records, and
the audit judges what others did.
"""

CLERK = "clerk"
APPROVER = "approver"
CONTACT_PERSON = "contact_person"
DEPARTMENT_MEMBER = "department_member"
COMMISSION_MEMBER = "commission_member"
MODERATOR = "moderator"
ADMINISTRATOR = "administrator"
#: Roles that an authority gives to its people, each in an entry.
OFFICIALS = (CLERK, APPROVER, CONTACT_PERSON, DEPARTMENT_MEMBER, COMMISSION_MEMBER, MODERATOR, ADMINISTRATOR)

#: Who leads a procedure and answers for it to the public, and who keeps its papers besides. The first of an official's
#: roles that stands here is the one that the record names.
LEADERS = (CONTACT_PERSON, APPROVER)
KEEPERS = (CONTACT_PERSON, APPROVER, CLERK)

PARTICIPANT = "participant"
VERIFIED_PARTICIPANT = "verified_participant"
ORGANISATION_MEMBER = "organisation_member"
#: What people act as who hold no office: for themselves, or for an organisation.
PARTICIPANTS = (PARTICIPANT, VERIFIED_PARTICIPANT, ORGANISATION_MEMBER)

#: The service itself, which counts; and whoever runs it, at the machine, where no official could act.
SERVICE = "service"
OPERATOR = "operator"
