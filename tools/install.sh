#!/bin/sh
# Makes the virtual environment. PyTorch comes first, as a CPU build: from PyTorch's own CPU index,
# or, where that is out of reach, from the package sources that pip is set up with.
set -eu
: "${PYTHON:=python3}" "${VENV:=.venv}" "${TORCH:?}" "${CPU_TORCH:?}"

"$PYTHON" - <<'PY'
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
PY

say() { printf '%s\n' "$*" >&2; }

[ -x "$VENV/bin/python" ] || { say "Making $VENV …"; "$PYTHON" -m venv "$VENV"; }
PIP="$VENV/bin/python -m pip --disable-pip-version-check"

if ! "$VENV/bin/python" -c 'import torch' 2>/dev/null; then
  say "Installing $TORCH for the CPU (about 200 MB) …"
  if ! $PIP install -q --retries 0 --timeout 15 --index-url "$CPU_TORCH" --no-deps "$TORCH" 2>/dev/null; then
    say "  (PyTorch's CPU index is out of reach: using the package sources of this machine)"
    $PIP install -q "$TORCH"
  fi
fi

say "Installing the other packages …"
$PIP install -q --no-compile -c constraints.txt -e '.[dev]'

say "Making triage's encoder, once (half a minute) …"
"$VENV/bin/heldinmind" triage prepare >&2

say "Indexing the guidance, once …"
"$VENV/bin/heldinmind" guidance index >&2
