# Pretended nodes: kwok answers for them as if pods ran, so hundreds of legs cost nothing. The real node goes on beside.

kwok_up() {
  [[ ${1:-} =~ ^[1-9][0-9]*$ ]] || fail "usage: cluster kwok N, N nodes of each architecture"
  alive apiserver || fail "the cluster is not up; run 'cluster up' first"
  [[ ${TRESTLE_FAKE_SECONDS:=5} =~ ^[0-9]+$ ]] || fail "TRESTLE_FAKE_SECONDS is '$TRESTLE_FAKE_SECONDS'; give whole seconds"
  local stages=$home/kwok-stages-${TRESTLE_FAKE_SECONDS}s.yaml # in the name, so that another duration starts kwok anew
  render kwok-stages.yaml "$stages" milliseconds=$((TRESTLE_FAKE_SECONDS * 1000))
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

kwok_ready() {
  ! kubectl get nodes -l type=kwok --no-headers | grep -v ' Ready '
}

kwok_node_count() { kubectl get nodes -l type=kwok -o name 2>/dev/null | wc -l; }

# Pods first, while kwok can still let them go.
kwok_down() {
  if alive kwok && alive apiserver; then
    kubectl get pods -A -o go-template='{{range .items}}{{if .spec.nodeName}}{{.spec.nodeName}} {{.metadata.namespace}} {{.metadata.name}}{{"\n"}}{{end}}{{end}}' |
      awk '$1 ~ /^kwok-/ {names[$2] = names[$2] " " $3} END {for (namespace in names) print namespace names[namespace]}' |
      xargs -r -L1 kubectl delete pod --wait=false --ignore-not-found -n >/dev/null
    kubectl delete nodes -l type=kwok >/dev/null
  fi
  stop kwok
}
