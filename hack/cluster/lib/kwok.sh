# Pretended nodes: kwok answers for them as if pods ran, so hundreds of legs cost nothing. The real node goes on beside.

kwok_up() {
  [[ ${1:-} =~ ^[1-9][0-9]*$ ]] || fail "usage: cluster kwok N, N nodes of each architecture"
  alive apiserver || fail "the cluster is not up; run 'cluster up' first"
  [[ ${TRESTLE_FAKE_SECONDS:=5} =~ ^[0-9]+$ ]] || fail "TRESTLE_FAKE_SECONDS is '$TRESTLE_FAKE_SECONDS'; give whole seconds"
  local stages=$home/kwok-stages-${TRESTLE_FAKE_SECONDS}s.yaml # in the name, so that another duration starts kwok anew
  render kwok-stages.yaml "$stages" milliseconds=$((TRESTLE_FAKE_SECONDS * 1000))
  if ! grep -qsF "$stages" "$run/kwok.command" || ! alive kwok; then
    stop kwok
    forget_leases
  fi
  start kwok kwok --kubeconfig="$KUBECONFIG" --config "$stages" --manage-all-nodes=false \
    --manage-nodes-with-label-selector=type=kwok --cidr=10.99.0.0/16 --node-ip=10.99.0.1
  kwok_nodes "$1" | kubectl apply -f - >/dev/null
  await_component kwok 60 kwok_ready
  say "$(kwok_node_count) pretended nodes, whose pods run $TRESTLE_FAKE_SECONDS s"
}

kwok_nodes() {
  local number arch
  for ((number = 1; number <= $1; number++)); do
    for arch in amd64 arm64; do
      cat <<YAML
---
apiVersion: v1
kind: Node
metadata:
  name: kwok-$arch-$number
  labels: {type: kwok, kubernetes.io/arch: $arch, kubernetes.io/os: linux, kubernetes.io/hostname: kwok-$arch-$number}
spec:
  taints: [{key: kwok.x-k8s.io/node, value: fake, effect: NoSchedule}]
YAML
    done
  done
}

# A kwok that ended without a word holds its nodes' leases for 40 s more, and the next one plays no pod of theirs until then.
forget_leases() {
  local nodes
  nodes=$(kwok_nodes_of_cluster)
  # shellcheck disable=SC2086 # a list of names
  [[ -z $nodes ]] || kubectl delete lease -n kube-node-lease --ignore-not-found $nodes >/dev/null
}

# Every node is ready and its lease is held, so its pods are played.
kwok_ready() {
  ! kubectl get nodes -l type=kwok --no-headers | grep -v ' Ready ' || return 1
  # shellcheck disable=SC2046 # a list of names
  kubectl get lease -n kube-node-lease $(kwok_nodes_of_cluster) >/dev/null
}

kwok_nodes_of_cluster() { kubectl get nodes -l type=kwok -o jsonpath='{.items[*].metadata.name}'; }

kwok_node_count() { kubectl get nodes -l type=kwok -o name 2>/dev/null | wc -l; }

# By collection: one by one, kubectl's own limit of requests makes this minutes for hundreds of pods.
kwok_down() {
  local namespace node
  if alive apiserver; then
    while read -r namespace node; do
      delete_all "/api/v1/namespaces/$namespace/pods?gracePeriodSeconds=0&fieldSelector=spec.nodeName%3D$node"
    done < <(kwok_pods | sort -u)
    delete_all "/api/v1/nodes?labelSelector=type%3Dkwok"
  fi
  stop kwok
}

kwok_pods() { # 'namespace node' for each pod on a pretended node
  kubectl get pods -A -o go-template='{{range .items}}{{.metadata.namespace}} {{or .spec.nodeName "none"}}{{"\n"}}{{end}}' | grep ' kwok-' || true
}

delete_all() { kubectl delete --raw "$1" >/dev/null </dev/null; }
