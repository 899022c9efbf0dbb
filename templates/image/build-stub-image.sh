#!/usr/bin/env bash
# Build a tiny stand-in for the OpenClaw image (busybox and shell scripts, about 2 MB) for tests and benchmarks:
# same user, mounts, port and command as the real one, ready in a second.
#
#   usage: build-stub-image.sh [tag]      default: openclaw:stub
#
# The container reads $OPENCLAW_CONFIG_PATH or $HOME/.openclaw/openclaw.json and prints it once, secrets masked.
# A missing or empty config, or one containing STUB_INVALID, ends it with exit 78, as OpenClaw does.
# GET /healthz /health /startupz /readyz /ready on 18789 answer 200 with OpenClaw's JSON; other paths answer 404.
# It prints a line every STUB_LOG_INTERVAL seconds (environment, default 5) and ends at once on SIGTERM with exit 0.
#
# Switches, each in the config's text (a comment will do) or in the environment as NAME=value:
#   STUB_CRASH               ends with exit 1 after one second
#   STUB_UNHEALTHY           /healthz and the other probes answer 404
#   STUB_SLOW_START:<s>      listens only after <s> seconds; environment: STUB_START_DELAY=<s>
#   STUB_IGNORE_TERM         SIGTERM does nothing
#   STUB_LOG_BURST:<n>       prints "burst 1" … "burst <n>" at the start, as fast as it can
#   STUB_LOG_RATE:<n>        prints about <n> lines a second, "rate <k>", in ten bursts a second
#   STUB_LOG_LONG            prints one line of exactly 40,000 characters: "long:xxx…x:end"
#   STUB_ONBOARD_FAIL        `openclaw onboard` fails
#
# Needs: docker, and a static busybox or apt to fetch one.
set -euo pipefail

IMAGE="${1:-openclaw:stub}"
say() { printf '[%3ss] %s\n' "$SECONDS" "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
command -v docker >/dev/null || die "docker not found"
docker info >/dev/null 2>&1 || die "the Docker Engine does not answer"

KEY="$(sha256sum <"${BASH_SOURCE[0]}" | cut -c1-16)"
if [ "$(docker image inspect -f '{{index .Config.Labels "build.key"}}' "$IMAGE" 2>/dev/null || true)" = "$KEY" ]; then
  say "$IMAGE is up to date"
  exit 0
fi

WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
ROOT="$WORK/rootfs"
mkdir -p "$ROOT"/{bin,etc,tmp,app,usr/local/bin,home/node/.openclaw,home/node/.config/openclaw,var/log/openclaw}

is_static() { [ -x "$1" ] && ! ldd "$1" >/dev/null 2>&1; }
fetch_busybox() { # Debian's package, unpacked beside us, not installed
  local sandbox=(-o APT::Sandbox::User=root)
  apt-get "${sandbox[@]}" download -qq busybox-static >/dev/null 2>&1 && return
  apt-get update -qq
  apt-get "${sandbox[@]}" download -qq busybox-static >/dev/null
}
BUSYBOX="$(command -v busybox || true)"
if [ -z "$BUSYBOX" ] || ! is_static "$BUSYBOX"; then
  say "fetching busybox-static"
  (cd "$WORK" && fetch_busybox && dpkg-deb -x busybox-static_*.deb unpacked)
  # By name: the package also carries a hook script that is called busybox.
  BUSYBOX="$WORK/unpacked/bin/busybox"
  [ -f "$BUSYBOX" ] || BUSYBOX="$WORK/unpacked/usr/bin/busybox"
  is_static "$BUSYBOX" || die "the fetched busybox is not a static program"
fi
install -m 0755 "$BUSYBOX" "$ROOT/bin/busybox"
for applet in sh awk cat chmod cp date echo env find grep head hostname httpd id kill ln ls mkdir mv nc ps rm sed seq \
  sleep stat tail tar test timeout touch tr true wc wget; do
  ln -s busybox "$ROOT/bin/$applet"
done
printf 'root:x:0:0::/:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n' >"$ROOT/etc/passwd"
printf 'root:x:0:\nnode:x:1000:\n' >"$ROOT/etc/group"

cat >"$ROOT/app/gateway.sh" <<'SH'
#!/bin/sh
CONFIG="${OPENCLAW_CONFIG_PATH:-${HOME:-/home/node}/.openclaw/openclaw.json}"
PORT="${OPENCLAW_GATEWAY_PORT:-18789}"
ZONE="$(date +%z | sed 's/\(..\)$/:\1/')"
PIDS=""
log() { echo "$(date "+%Y-%m-%dT%H:%M:%S.000$ZONE") [gateway] $*"; }
in_config() { grep -q "$1" "$CONFIG"; }
number_of() { sed -n "s/.*$1:\([0-9][0-9]*\).*/\1/p" "$CONFIG" | head -n 1; }
stop() {
  log "received SIGTERM; shutting down"
  [ -z "$PIDS" ] || kill $PIDS 2>/dev/null
  log "completed cleanly"
  exit 0
}
nap() { sleep "$1" & wait $!; }

log "loading configuration"
if [ ! -s "$CONFIG" ]; then
  echo "Missing config. Run \`openclaw setup\` or set gateway.mode=local (or pass --allow-unconfigured)."
  exit 78
fi
if [ -n "$STUB_IGNORE_TERM" ] || in_config STUB_IGNORE_TERM; then trap '' TERM INT; else trap stop TERM INT; fi
sed -E 's/("?(token|password|apiKey)"?[[:space:]]*:[[:space:]]*")[^"]*"/\1***"/g' "$CONFIG"
echo
if [ -n "$STUB_INVALID" ] || in_config STUB_INVALID; then
  log "Gateway failed to start: Invalid config at $CONFIG"
  exit 78
fi
if [ -n "$STUB_CRASH" ] || in_config STUB_CRASH; then
  nap 1
  log "Gateway failed: STUB_CRASH"
  exit 1
fi
if [ -n "$STUB_LOG_LONG" ] || in_config STUB_LOG_LONG; then
  awk 'BEGIN { s = "x"; while (length(s) < 39991) s = s s; print "long:" substr(s, 1, 39991) ":end" }'
fi
BURST="${STUB_LOG_BURST:-$(number_of STUB_LOG_BURST)}"
[ -z "$BURST" ] || awk -v n="$BURST" 'BEGIN { for (i = 1; i <= n; i++) print "burst " i }'
DELAY="${STUB_START_DELAY:-$(number_of STUB_SLOW_START)}"
[ "${DELAY:-0}" = 0 ] || nap "$DELAY"

WWW="$(mkdir -p /tmp/www && echo /tmp/www)"
if [ -z "$STUB_UNHEALTHY" ] && ! in_config STUB_UNHEALTHY; then
  for p in healthz health; do echo '{"ok":true,"status":"live"}' >"$WWW/$p"; done
  for p in startupz startup; do echo '{"ok":true,"status":"started"}' >"$WWW/$p"; done
  for p in readyz ready; do echo '{"ready":true}' >"$WWW/$p"; done
else
  rm -f "$WWW"/healthz "$WWW"/health "$WWW"/startup* "$WWW"/ready*
fi
echo "<h1>openclaw stub</h1>" >"$WWW/index.html"
httpd -f -p "0.0.0.0:$PORT" -h "$WWW" &
PIDS="$!"
log "http server listening on $PORT as uid $(id -u)"
log "ready"

RATE="${STUB_LOG_RATE:-$(number_of STUB_LOG_RATE)}"
if [ -n "$RATE" ]; then
  awk -v rate="$RATE" 'BEGIN {
    for (burst = 1; ; burst++) {
      for (; k < rate * burst / 10; ) print "rate " ++k
      fflush()
      if (system("sleep 0.1")) exit
    }
  }' &
  PIDS="$PIDS $!"
fi
n=0
while :; do
  nap "${STUB_LOG_INTERVAL:-5}"
  n=$((n + 1))
  log "heartbeat $n"
done
SH

cat >"$ROOT/usr/local/bin/openclaw" <<'SH'
#!/bin/sh
CONFIG="${OPENCLAW_CONFIG_PATH:-${HOME:-/home/node}/.openclaw/openclaw.json}"
has() { grep -q "$1" "$CONFIG" 2>/dev/null; }
onboard() {
  if has STUB_ONBOARD_FAIL; then echo "onboarding failed: STUB_ONBOARD_FAIL" >&2; exit 1; fi
  case "$*" in
    *--auth-choice\ custom-api-key*)
      [ -n "$CUSTOM_API_KEY" ] || { echo "onboarding failed: CUSTOM_API_KEY is not set" >&2; exit 1; } ;;
  esac
  echo '{"ok":true}'
}
case "$1" in
  --version | -V) echo "OpenClaw 0.0.0-stub" ;;
  gateway) exec /app/gateway.sh ;;
  onboard) onboard "$@" ;;
  config)
    [ "$2" = validate ] || exit 0
    if has STUB_INVALID; then
      echo '{"valid":false,"issues":[{"path":"gateway","message":"STUB_INVALID"}]}'
      exit 1
    fi
    echo '{"valid":true,"warnings":[]}' ;;
  dashboard)
    echo '{"ok":true,"url":"http://127.0.0.1:18789/","browserUrl":"http://127.0.0.1:18789/#bootstrapToken=stub&bootstrapProfile=owner&gatewayUrl=ws%3A%2F%2F127.0.0.1%3A18789","port":18789,"tokenIncluded":false}' ;;
  devices) echo '{"pending":[],"paired":[]}' ;;
  *) echo "stub: $*" ;;
esac
SH
# `node openclaw.mjs gateway …` works too.
cat >"$ROOT/usr/local/bin/node" <<'SH'
#!/bin/sh
case "$1" in *.mjs | *.js) shift; exec /usr/local/bin/openclaw "$@" ;; esac
exit 0
SH
# The compose template's health check calls curl; only its last argument matters. (busybox wget -T crashes here.)
cat >"$ROOT/usr/local/bin/curl" <<'SH'
#!/bin/sh
for last; do :; done
timeout 5 wget -q -O /dev/null "$last" && exit 0
echo "curl: (22) $last did not answer with success" >&2
exit 22
SH
# As in the real image: /app/openclaw.mjs is there to be named.
echo '// openclaw stub' >"$ROOT/app/openclaw.mjs"
chmod 0755 "$ROOT/app/gateway.sh" "$ROOT"/usr/local/bin/*
chmod 1777 "$ROOT/tmp"

tar -C "$ROOT" --numeric-owner --owner=0 --group=0 --exclude=./home --exclude=./var -cf "$WORK/fs.tar" .
tar -C "$ROOT" --numeric-owner --owner=1000 --group=1000 -rf "$WORK/fs.tar" ./home ./var
OLD="$(docker image inspect -f '{{.Id}}' "$IMAGE" 2>/dev/null || true)"
docker import \
  -c 'ENV PATH=/usr/local/bin:/bin' \
  -c 'ENV HOME=/home/node LANG=C.UTF-8' \
  -c 'WORKDIR /app' \
  -c 'USER node' \
  -c 'EXPOSE 18789' \
  -c 'HEALTHCHECK --interval=3m --timeout=10s --start-period=15s --retries=3 CMD ["curl","http://127.0.0.1:18789/healthz"]' \
  -c 'CMD ["node","openclaw.mjs","gateway"]' \
  -c "LABEL build.key=$KEY org.opencontainers.image.title=openclaw-stub" \
  "$WORK/fs.tar" "$IMAGE" >/dev/null
say "$IMAGE: $(docker run --rm --network none "$IMAGE" openclaw --version)"
if [ -n "$OLD" ] && [ "$(docker image inspect -f '{{len .RepoTags}}' "$OLD")" = 0 ]; then
  docker rmi "$OLD" >/dev/null || say "the image that $IMAGE named before is still in use"
fi
