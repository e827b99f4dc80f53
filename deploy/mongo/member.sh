#!/bin/bash
# One member of the replica set: members know each other by a key file that only mongod may read.
set -euo pipefail
install -o mongodb -g mongodb -m 400 /run/secrets/mongo_keyfile /tmp/keyfile
exec docker-entrypoint.sh mongod --replSet dudao --keyFile /tmp/keyfile --bind_ip_all --setParameter writePeriodicNoops=true
