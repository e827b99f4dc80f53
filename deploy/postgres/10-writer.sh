#!/bin/sh
# Run once by the image, when the database is laid out: makes the account of the services.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    -v password="$(cat /run/secrets/postgres_writer_password)" -f /docker-entrypoint-initdb.d/writer.sql.txt
