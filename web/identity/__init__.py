"""The pages on which people sign up and in, look after their account, and officials after who takes part."""

from web.identity import (
    account,
    closing,
    desk_departments,
    desk_organisations,
    desk_participants,
    desk_people,
    desk_witnesses,
    invitation,
    organisations,
    password,
    recovery,
    sign_in,
    sign_up,
    two_steps,
)

handlers = [
    *sign_up.handlers,
    *sign_in.handlers,
    *recovery.handlers,
    *account.handlers,
    *password.handlers,
    *closing.handlers,
    *two_steps.handlers,
    *organisations.handlers,
    *invitation.handlers,
    *desk_organisations.handlers,
    *desk_people.handlers,
    *desk_departments.handlers,
    *desk_witnesses.handlers,
    *desk_participants.handlers,
]
