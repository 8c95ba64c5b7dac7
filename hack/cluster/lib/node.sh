# The node: containerd, kubelet and kube-proxy.

containerd_socket=$home/containerd/containerd.sock

start_containerd() {
  mkdir -p "$home/containerd/root" "$home/containerd/state"
  chmod 711 "$home/containerd" "$home/containerd/root" "$home/containerd/state"
  render containerd.toml "$home/containerd.toml"
  render hosts/registry.toml "$home/certs.d/$registry/hosts.toml"
  render hosts/docker.io.toml "$home/certs.d/docker.io/hosts.toml"
  start containerd containerd --config "$home/containerd.toml"
}

start_node() {
  start proxy kube proxy --kubeconfig="$home/proxy.kubeconfig" --hostname-override=local --proxy-mode=nftables \
    --cluster-cidr=10.88.0.0/20 --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 --conntrack-tcp-timeout-close-wait=0
  await_component containerd 20 test -S "$containerd_socket"
  local since
  since=$(date -u +%FT%TZ)
  ! alive kubelet || since=
  render kubelet.yaml "$home/kubelet.yaml" socket="$containerd_socket"
  mkdir -p "$home/volume-plugins"
  start kubelet kube kubelet --config "$home/kubelet.yaml" --kubeconfig "$home/kubelet.kubeconfig" --root-dir "$home/kubelet" \
    --cert-dir "$home/kubelet/pki" --hostname-override local --node-ip "$host"
  await_component kubelet 60 node_ready_since "$since"
}

# The node object outlives a stop, so 'ready' must have been said by this kubelet. RFC 3339 times in UTC sort as text.
node_ready_since() {
  local ready
  ready=$(kubectl get node local -o 'jsonpath={range .status.conditions[?(@.type=="Ready")]}{.status} {.lastHeartbeatTime}{end}')
  [[ $ready == "True "* && ! ${ready#True } < $1 ]]
}

# As if the power went: pods stay known to the API and start again with the next 'up'.
stop_node() {
  stop kubelet
  stop proxy
  local shim
  for shim in $(shims); do
    pkill -KILL -P "$shim" || true # the first processes of its containers; the rest of each container dies with them
    kill -KILL "$shim" 2>/dev/null || true
  done
  stop containerd
  shim_sockets | xargs -r rm -f
}

# The process that containerd leaves beside each pod, told apart from another containerd's by the socket it reports to.
shims() { pgrep -f -- "/containerd-shim-runc-v2 .*-address $containerd_socket( |\$)" || true; }

shim_sockets() {
  sed -n 's|.*"unix://\(/run/containerd/s/[0-9a-f]*\)".*|\1|p' "$home"/containerd/state/io.containerd.runtime.v2.task/*/*/bootstrap.json 2>/dev/null || true
}
