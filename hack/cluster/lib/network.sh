# The bridge that pods hang on. It is made before the first pod, because registry and API server listen on its address.

bridge_up() {
  ip link show cni0 >/dev/null 2>&1 || ip link add cni0 type bridge
  ip -4 -o addr show dev cni0 | grep -qF " $host/20 " || ip addr add "$host/20" dev cni0
  ip link set cni0 up
  sysctl -qw net.ipv4.ip_forward=1
  render cni.json "$home/cni/10-pods.conflist"
}

bridge_down() {
  ip link delete cni0 2>/dev/null || true
  local table
  for table in "ip kube-proxy" "ip6 kube-proxy" "inet cni_hostport" "inet cni_plugins_masquerade"; do
    # shellcheck disable=SC2086 # family and name are two words
    nft delete table $table 2>/dev/null || true
  done
}
