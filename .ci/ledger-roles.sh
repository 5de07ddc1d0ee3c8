#!/usr/bin/env bash
# Run by PostgreSQL's image when it makes its data folder; see compose.yaml.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --no-psqlrc \
    -v owner_password="$(</run/secrets/owner_password)" -v gateway_password="$(</run/secrets/gateway_password)" \
    -v facts_password="$(</run/secrets/facts_password)" --file /ledger-roles.sql
