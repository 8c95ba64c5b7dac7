# shellcheck shell=bash
# For scripts that let the operator work on pretended nodes (`cluster kwok N`): sourced from the root of the repository.

say() { printf '== %s\n' "$*" >&2; }

# The local cluster's environment; another cluster has no process to look at and no nodes to pretend.
use_local_cluster() { # command
  local environment
  environment=$(hack/env)
  eval "$environment"
  if [ -z "${TRESTLE_LOCAL:-}" ]; then
    echo "$1 needs the local cluster, for it looks at the operator's process and pretends nodes: unset KUBECONFIG and run it again" >&2
    exit 1
  fi
  export TRESTLE_LOCAL
}

pretended_pool() { # name architecture: its JSON
  cat <<JSON
{"name": "$1", "platforms": ["linux/$2"], "nodeSelector": {"type": "kwok"}, "scratch": "20Gi",
 "tolerations": [{"key": "kwok.x-k8s.io/node", "operator": "Exists"}],
 "resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"memory": "8Gi"}}}
JSON
}

install_operator() { # [HELM_ARGUMENT]...: of this tree
  local images
  images=$(hack/images 2>target/images.log) || { cat target/images.log >&2; exit 1; }
  hack/install "$(sed -n 's/^operator=//p' <<<"$images")" "$(sed -n 's/^builder=//p' <<<"$images")" "$@" >target/install.log 2>&1 ||
    { cat target/install.log >&2; exit 1; }
}

# A policy that sends those pods of a namespace that have a label to the pretended nodes.
to_pretended_nodes() { # namespace label
  cat <<YAML
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {name: $1}
spec:
  failurePolicy: Fail
  reinvocationPolicy: Never
  matchConstraints:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: $1}}
    objectSelector: {matchExpressions: [{key: $2, operator: Exists}]}
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  mutations:
  - patchType: JSONPatch # an object within a list makes the API server of 1.36 panic, hence two steps for one toleration
    jsonPatch:
      expression: >
        [JSONPatch{op: "add", path: "/spec/nodeSelector/type", value: "kwok"},
         JSONPatch{op: "add", path: "/spec/tolerations", value: []},
         JSONPatch{op: "add", path: "/spec/tolerations/-", value: {"key": "kwok.x-k8s.io/node", "operator": "Exists"}}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: {name: $1}
spec: {policyName: $1}
YAML
}

leave_pretended_nodes() { # namespace label
  kubectl delete namespace "$1" --ignore-not-found >/dev/null
  to_pretended_nodes "$1" "$2" | kubectl delete --ignore-not-found -f - >/dev/null
  hack/cluster/cluster unkwok
}

operator_memory() { # MiB that are resident
  local container process
  container=$(kubectl get pods -n trestle-system -l app.kubernetes.io/name=trestle --field-selector=status.phase=Running \
    -o jsonpath='{.items[0].status.containerStatuses[0].containerID}')
  for process in /proc/[0-9]*; do
    if grep -q "${container#*//}" "$process/cgroup" 2>/dev/null; then
      awk '/^VmRSS:/ {printf "%d", $2 / 1024}' "$process/status"
      return
    fi
  done
}
