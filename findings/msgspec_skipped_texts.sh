#!/usr/bin/env bash
# msgspec 0.23.0: a document is checked only where something reads it. JSON is UTF-8, and `decode` refuses other bytes, but in the
# value of a field that the type does not have they pass, though the same field is checked for control characters, escapes and
# numbers. So whoever keeps or passes on the bytes that were decoded well may hold what no other reader takes.
# Ends with 0 while this is so, and with 1 when it changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check msgspec==0.23.0
cat > "$folder/skipped_texts.py" <<'PY'
import msgspec


class Career(msgspec.Struct):
    slug: str


def outcome(body, kind):
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as problem:
        return f"refused: {problem}"


bodies = [b'{"slug": "a", "note": "\xff"}', b'{"slug": "a", "note": "\x01"}', b'{"slug": "a", "note": "\\q"}', b'{"slug": "a", "note": 01}']
outcomes = [(outcome(it, dict), outcome(it, Career)) for it in bodies]
for body, pair in zip(bodies, outcomes):
    print(body, *pair, sep="\n    ")
taken = [[not isinstance(it, str) for it in pair] for pair in outcomes]
assert taken == [[False, True], [False, False], [False, False], [False, False]], "it has changed"
PY
"$folder/venv/bin/python" "$folder/skipped_texts.py"
