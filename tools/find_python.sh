#!/bin/sh
# Prints the first Python on the PATH that is 3.11 or newer and can make a virtual environment.
set -eu
usable='import ensurepip, sys, venv; raise SystemExit(sys.version_info < (3, 11))'
for name in python3 python python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c "$usable" >/dev/null 2>&1; then
        command -v "$name"
        exit
    fi
done
echo "Unrolled needs Python 3.11 or newer with its venv module, and none was found on the PATH." >&2
echo "On Debian or Ubuntu: apt-get install python3-venv. Or name one: make run PYTHON=/path/to/python3.11" >&2
exit 1
