# The registry for images: plain HTTP on the bridge's address, reachable alike from this machine, BuildKit and pods.

start_registry() {
  render registry.yaml "$home/registry.yaml"
  # Its tracing is on by default and would look for a collector for ever.
  OTEL_TRACES_EXPORTER=none start registry registry serve "$home/registry.yaml"
}

await_registry() { await_component registry 20 curl -fs "http://$registry/v2/"; }

has_image() { # repository:tag
  curl -fs -o /dev/null -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
    -H 'Accept: application/vnd.oci.image.index.v1+json' "http://$registry/v2/${1%:*}/manifests/${1##*:}"
}
