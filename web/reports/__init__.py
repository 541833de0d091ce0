"""The yearly reports on transparency: what everybody reads, and the desk at which two officials make them."""

from web.reports import desk_reports, reports

handlers = [*reports.handlers, *desk_reports.handlers]
