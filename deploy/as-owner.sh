#!/bin/sh
# Run a command as the service does, but as the role that owns the tables of PostgreSQL, which alone may change the schema:
#   as-owner.sh consult migrate --role consult
# Stop the services first: while it runs, they could read the owner's password.
set -eu
export CONSULT_OWNER="${CONSULT_OWNER:-/etc/consult/owner.env}"
exec "$(dirname -- "$(readlink -f -- "$0")")/as-service.sh" "$@"
