#!/usr/bin/env bash
# standardwebhooks 1.1.0: `Webhook.sign` signs an aware time of any zone but UTC as another instant.
#   `sign` takes a datetime, and replaces its time zone by UTC rather than converting it. The seconds in the signed text are then
#   off by the zone's offset, while `webhook-timestamp` has the right ones: receivers refuse a message with a genuine key.
#   Behaviour that would be right: one instant gives one signature, in whichever zone it is written.
# Seen: two signatures for one instant, and "No matching signature found". Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check standardwebhooks==1.1.0
cat > "$folder/sign.py" <<'PY'
import sys
from datetime import datetime, timedelta, timezone

from standardwebhooks import Webhook, WebhookVerificationError

hook = Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
utc = datetime.now(timezone.utc).replace(microsecond=0)
tokyo = utc.astimezone(timezone(timedelta(hours=9)))
assert utc == tokyo
signatures = [hook.sign("evt_1", instant, "{}") for instant in (utc, tokyo)]
print(*signatures, sep="\n")
headers = {"webhook-id": "evt_1", "webhook-timestamp": str(int(tokyo.timestamp())), "webhook-signature": signatures[1]}
try:
    hook.verify("{}", headers)
except WebhookVerificationError as error:
    print(error)
    sys.exit(0 if signatures[0] != signatures[1] else 1)
sys.exit(1)
PY
"$folder/venv/bin/python" "$folder/sign.py"
