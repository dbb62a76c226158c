#!/bin/sh
# Brings Chromium for the browser tests where that is one quiet command; elsewhere says so.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests …" >&2
  (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1 && exit 0
fi
echo "No Chromium on this machine: the browser tests will be skipped." >&2
