"""The law as this service reads it: every policy pack as a page, what was frozen, and what the authority set itself."""

from web.policies import desk_rules, policies

handlers = [*policies.handlers, *desk_rules.handlers]
