# Programs, built from the modules in modules/. Each module's are kept in a cache folder named for its exact version and flags, so a
# bump of one builds one. What a checkout uses are links to them, in a folder named for all of them together.

bin_folder() {
  local key
  key=$(cd "$here" && sha256sum modules/*/go.* modules/kube/main.go gitserver/go.mod gitserver/main.go lib/build.sh | sha256sum)
  echo "$cache/${key:0:16}/bin"
}

# version_of MODULE PACKAGE: the version that the module pins, as 'v1.2.3'.
version_of() {
  awk -v package="$2" '$1 == package && !found {print $2; found = 1}' "$here/modules/$1/go.mod"
}

build() {
  need_packages
  mkdir -p "$bin/cni"
  build_kube
  local containerd buildkit
  containerd=$(version_of containerd github.com/containerd/containerd/v2)
  buildkit=$(version_of buildkit github.com/moby/buildkit)
  build_tools etcd "$bin"
  build_tools registry "$bin"
  build_tools containerd "$bin" -tags "no_btrfs no_devmapper no_zfs" \
    -ldflags "-s -w -X github.com/containerd/containerd/v2/version.Version=$containerd"
  build_tools cni "$bin/cni"
  CGO_ENABLED=1 build_tools runc "$bin" -tags seccomp \
    -ldflags "-s -w -X main.version=$(version_of runc github.com/opencontainers/runc | tr -d v)"
  build_tools buildkit "$bin" -ldflags "-s -w -X github.com/moby/buildkit/version.Version=$buildkit"
  build_tools kwok "$bin"
  build_tools helm "$bin"
  build_once gitserver "$bin" "$here/gitserver" .
}

# What no cluster needs, only tests of the alert rules. Nothing here discovers machines of cloud providers, so that is left out.
build_test_tools() {
  need_packages
  mkdir -p "$bin"
  build_tools prometheus "$bin" -tags remove_all_sd \
    -ldflags "-s -w -X github.com/prometheus/common/version.Version=$(version_of prometheus github.com/prometheus/prometheus | tr -d v)"
}

build_kube() {
  local version major minor
  version=$(version_of kube k8s.io/kubernetes)
  IFS=. read -r major minor _ <<<"${version#v}"
  local to=k8s.io/component-base/version
  build_once kube "$bin" "$here/modules/kube" . \
    -ldflags "-s -w -X $to.gitVersion=$version -X $to.gitMajor=$major -X $to.gitMinor=$minor"
  ln -sfn kube "$bin/kubectl"
}

build_tools() { # module folder flag...
  local module=$1 folder=$2
  shift 2
  build_once "$module" "$folder" "$here/modules/$module" tool "$@"
}

# build_once NAME FOLDER MODULE PACKAGES FLAG...: links the module's programs into the folder; builds them when no such build is there.
# Whole builds only ever appear under their final name, by a rename.
build_once() {
  local name=$1 folder=$2 module=$3 packages=$4 programs half
  shift 4
  programs=$cache/$name-$(key_of "$module" "$packages" "$@")
  half=$programs.half-built
  if [[ ! -d $programs ]]; then
    rm -rf "$half"
    step "building $name" "$cache/build-$name.log" compile "$module" "$half" "$packages" "$@"
    [[ ! -e $half/server ]] || mv "$half/server" "$half/etcd" # etcd's main package is called so
    mv "$half" "$programs"
  fi
  ln -sf "$programs"/* "$folder/"
}

# key_of MODULE PACKAGES FLAG...: sixteen digits for all that decides what 'compile' makes.
key_of() {
  local key
  key=$({
    find "$1" -maxdepth 1 \( -name 'go.*' -o -name '*.go' \) -print0 | LC_ALL=C sort -z | xargs -0 cat
    declare -f compile
    printf '%s\n' "CGO_ENABLED=${CGO_ENABLED:-0}" "${@:2}"
  } | sha256sum)
  echo "${key:0:16}"
}

compile() { # module-folder output-folder packages flag...
  local module=$1 output=$2 packages=$3
  shift 3
  CGO_ENABLED=${CGO_ENABLED:-0} GOFLAGS='' GOWORK=off nice go -C "$module" build -mod=readonly -buildvcs=false -trimpath \
    -ldflags "-s -w" "$@" -o "$output/" "$packages"
}
