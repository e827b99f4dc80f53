#!/bin/bash
# Makes the replica set when there is none, and waits until a member leads it. A single member keeps its promises only as
# long as its disk: a deployment that people rely on has three (see deploy/README.md).
set -euo pipefail
export MONGO_PASSWORD
MONGO_PASSWORD=$(cat /run/secrets/mongo_password)
mongosh --quiet --host "${MONGO_HOST:-mongo}" --file /etc/mongo/members.js
