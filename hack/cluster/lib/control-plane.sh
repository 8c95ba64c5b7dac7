# etcd and the three programs that decide.

start_etcd() {
  start etcd etcd --data-dir "$home/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
}

start_control_plane() {
  await_component etcd 20 curl -fs http://127.0.0.1:2379/health
  start_apiserver
  await_component apiserver 60 curl -fsk https://127.0.0.1:6443/readyz
  start controller-manager kube controller-manager --kubeconfig="$home/controller-manager.kubeconfig" --leader-elect=false \
    --use-service-account-credentials=true --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --kube-api-qps=300 --kube-api-burst=600
  start scheduler kube scheduler --kubeconfig="$home/scheduler.kubeconfig" --leader-elect=false
}

start_apiserver() {
  start apiserver kube apiserver --secure-port=6443 --advertise-address="$host" --allow-privileged=true \
    --etcd-servers=http://127.0.0.1:2379 --service-cluster-ip-range=10.96.0.0/16 --authorization-mode=Node,RBAC \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
    --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
    --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" \
    --kubelet-preferred-address-types=InternalIP
}

# The clients first: an API server stops quickly only while etcd is still there.
stop_control_plane() {
  stop scheduler
  stop controller-manager
  stop apiserver
}
