# The cluster's certificate authority, a certificate for each component, and their kubeconfig files.
# A .crt is moved into place last, so it says that everything that belongs to it is there.

make_certificates() {
  make_authority
  certificate apiserver /CN=kube-apiserver \
    "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1,IP:$host"
  certificate admin /O=system:masters/CN=admin
  certificate controller-manager /O=system:masters/CN=system:kube-controller-manager
  certificate scheduler /O=system:masters/CN=system:kube-scheduler
  certificate proxy /O=system:masters/CN=system:kube-proxy
  certificate kubelet /O=system:nodes/CN=system:node:local
  local name
  for name in admin controller-manager scheduler proxy kubelet; do kubeconfig "$name"; done
}

make_authority() {
  [[ ! -e $pki/ca.crt ]] || return 0
  rm -f "$pki"/* "$home"/*.kubeconfig # what an authority that is gone has signed
  openssl genrsa -out "$pki/sa.key" 2048 2>/dev/null
  openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2>/dev/null
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$pki/ca.key" -subj /CN=trestle-cluster -days 3650 -out "$pki/ca.crt.new" 2>/dev/null
  mv "$pki/ca.crt.new" "$pki/ca.crt"
}

certificate() { # name subject [subject-alternative-names]
  local name=$1 names=${3:+subjectAltName=$3}
  [[ ! -e $pki/$name.crt ]] || return 0
  openssl req -newkey rsa:2048 -nodes -keyout "$pki/$name.key" -subj "$2" -out "$pki/$name.csr" 2>/dev/null
  openssl x509 -req -in "$pki/$name.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 3650 -out "$pki/$name.crt.new" \
    -extfile <(printf 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n%s\n' "$names") 2>/dev/null
  mv "$pki/$name.crt.new" "$pki/$name.crt"
}

kubeconfig() { # name
  [[ ! -e $home/$1.kubeconfig ]] || return 0
  (umask 077 && render kubeconfig.yaml "$home/$1.kubeconfig" name="$1" authority="$(base64 -w0 "$pki/ca.crt")" \
    certificate="$(base64 -w0 "$pki/$1.crt")" key="$(base64 -w0 "$pki/$1.key")")
}
