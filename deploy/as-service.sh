#!/bin/sh
# Run a command as the service runs: with its settings, as its user. For example: as-service.sh consult check
set -eu
umask 077
settings=${CONSULT_ENV:-/etc/consult/consult.env}
home=$(dirname -- "$(readlink -f -- "$0")")/..
set -a
# shellcheck disable=SC1090 # the installation's own file
. "$settings"
# shellcheck disable=SC1090 # as above: what the owner of the tables knows besides (as-owner.sh)
[ -z "${CONSULT_OWNER:-}" ] || . "$CONSULT_OWNER"
PATH=$home/.venv/bin:$PATH
set +a
cd /
exec runuser -u consult -- "$@"
