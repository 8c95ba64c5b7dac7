# Images made on this machine, because there may be no registry to pull from: BuildKit runs here and pushes to ours.

buildkit_address=unix://$home/run/buildkitd.sock

make_images() {
  await_registry
  make_image pause:1 pause pause_context
  make_image library/debian:12,library/debian:bookworm debian debian_context
  make_image library/eclipse-temurin:25-jre temurin temurin_context
  make_image docker/dockerfile:1,docker/dockerfile:latest dockerfile-frontend frontend_context
  make_image "library/buildkit-binaries:$(version_of buildkit github.com/moby/buildkit)" buildkit-binaries buildkit_context
}

# make_image NAMES FOLDER CONTEXT-COMMAND: the command fills an empty folder with what the Dockerfile copies.
make_image() {
  local names=$1 folder=$2 fill=$3 context=$home/images/$2 name
  local log_file=$log/image-$folder.log
  for name in ${names//,/ }; do
    if ! has_image "$name"; then
      unmount_below "$context"
      rm -rf --one-file-system "$context"
      mkdir -p "$context"
      step "making the contents of ${names%%,*}" "$log_file" "$fill" "$context"
      cp "$here/images/$folder/Dockerfile" "$context/"
      start_buildkitd
      step "building the image ${names%%,*}" "$log_file" solve "$names" "$context" "$context/Dockerfile"
      rm -rf --one-file-system "$context"
      return
    fi
  done
}

pause_context() { gcc -static -Os -s -o "$1/pause" "$here/images/pause/pause.c"; }

debian_context() {
  local root=$1/root
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "${TRESTLE_DEBIAN_MIRROR:-http://deb.debian.org/debian}"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root/etc/resolv.conf" "$root/etc/hostname"
  rm -f "$root/etc/apt/sources.list"
  cp "$here/images/debian/debian.sources" "$root/etc/apt/sources.list.d/"
  # A copied folder would lose its files' owners; an unpacked archive keeps them.
  tar -C "$root" --numeric-owner --sort=name --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -cf "$1/root.tar" .
  rm -rf --one-file-system "$root"
}

temurin_context() {
  local jdk modules
  jdk=$(java_25)
  modules=$("$jdk/bin/java" --list-modules | sed -n 's/@.*//; /^java\./p')
  "$jdk/bin/jlink" --add-modules "$(tr '\n' , <<<"$modules")$(grep -v '^#' "$here/images/temurin/modules" | paste -sd,)" \
    --strip-debug --no-header-files --no-man-pages --generate-cds-archive --output "$1/openjdk"
}

java_25() {
  local jdk
  for jdk in "${JAVA_HOME:-/nowhere}" /usr/lib/jvm/*; do
    if [[ -x $jdk/bin/jlink ]] && grep -q '^JAVA_VERSION="25[."]' "$jdk/release" 2>/dev/null; then
      echo "$jdk"
      return
    fi
  done
  fail "the image eclipse-temurin:25-jre is linked from a JDK 25, and neither JAVA_HOME nor /usr/lib/jvm has one: https://adoptium.net"
}

frontend_context() { cp "$bin/dockerfile-frontend" "$1/"; }

buildkit_context() {
  cp "$bin/buildkitd" "$bin/buildctl" "$1/"
  cp "$bin/runc" "$1/buildkit-runc"
}

start_buildkitd() {
  render buildkitd.toml "$home/buildkitd.toml"
  start buildkitd buildkitd --config "$home/buildkitd.toml" --addr "$buildkit_address"
  await_component buildkitd 20 buildctl --addr "$buildkit_address" debug workers
}

# buildkitd answers a stop by finishing its builds; what it started must not outlive it when that takes too long.
stop_buildkitd() {
  local started=
  ! alive buildkitd || started=$(descendants "$(<"$run/buildkitd.pid")")
  stop buildkitd
  # shellcheck disable=SC2086 # a list of numbers
  [[ -z $started ]] || kill -KILL $started 2>/dev/null || true
}

descendants() { # pid
  local child
  for child in $(pgrep -P "$1"); do
    echo "$child"
    descendants "$child"
  done
}

# solve NAMES CONTEXT DOCKERFILE [--opt VALUE]...: builds and pushes under every name of the comma-separated list.
solve() {
  local names=$1 context=$2 dockerfile=$3
  shift 3
  names=$registry/${names//,/,$registry/}
  buildctl --addr "$buildkit_address" build --progress plain --frontend dockerfile.v0 \
    --local "context=$context" --local "dockerfile=$(dirname "$dockerfile")" --opt "filename=$(basename "$dockerfile")" \
    --output "type=image,\"name=$names\",push=true" ${metadata:+--metadata-file "$metadata"} "$@"
}

# image NAME CONTEXT [DOCKERFILE] [--build-arg KEY=VALUE]...
image() {
  (($# >= 2)) || fail "usage: cluster image NAME CONTEXT [DOCKERFILE] [--build-arg KEY=VALUE]..."
  local name=${1#"$registry/"} context=$2 dockerfile=$2/Dockerfile options=()
  shift 2
  if [[ $# -gt 0 && $1 != --* ]]; then
    dockerfile=$1
    shift
  fi
  while (($# > 0)); do
    [[ $1 == --build-arg && ${2:-} == *=* ]] || fail "image: '$1 ${2:-}' is not '--build-arg KEY=VALUE'"
    options+=(--opt "build-arg:$2")
    shift 2
  done
  [[ ${name##*/} == *:* ]] || name+=:latest
  alive registry || fail "the cluster is not up; run 'cluster up' first"
  alive buildkitd || (locked start_buildkitd)
  local metadata
  metadata=$(mktemp)
  solve "$name" "$context" "$dockerfile" "${options[@]}" >&2
  printf '%s/%s@%s\n' "$registry" "$name" "$(sed -n 's/.*"containerimage.digest": *"\([^"]*\)".*/\1/p' "$metadata")"
  rm -f "$metadata"
}
