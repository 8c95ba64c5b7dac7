# Debian packages: what the build and the base image need from the machine.

packages=(ca-certificates curl debian-archive-keyring debootstrap gcc git iproute2 libc6-dev libseccomp-dev mount nftables
  openssl pkg-config procps util-linux)

need_packages() {
  command -v dpkg-query >/dev/null || fail "this machine is not Debian or Ubuntu. Install the counterparts of: ${packages[*]}"
  command -v go >/dev/null || fail "the programs are built with Go 1.26 or newer, and 'go' is not in PATH: https://go.dev/doc/install"
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} > 0)) || return 0
  ((EUID == 0)) || fail "these Debian packages are missing: ${missing[*]}. Install them: sudo apt-get install ${missing[*]}"
  step "installing the Debian packages ${missing[*]}" "$cache/apt.log" apt_install "${missing[@]}"
}

missing_packages() {
  local installed package
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ' "${packages[@]}" 2>/dev/null || true)"
  for package in "${packages[@]}"; do
    [[ $installed == *" installed $package "* ]] || echo "$package"
  done
}

# In a session of its own, because a package manager stopped halfway by Ctrl-C leaves the machine in disorder.
apt_install() {
  setsid --wait sh -c 'DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND
    dpkg --configure -a
    apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }' apt "$@" </dev/null
}
