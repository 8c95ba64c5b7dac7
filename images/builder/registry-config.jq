# Makes of a kubernetes.io/dockerconfigjson the config.json that buildctl understands: one entry a host, Docker Hub under its one key.
# https://kubernetes.io/docs/concepts/containers/images/#config-json says how Kubernetes reads it; $output are the values of --output.

def bare: sub("^https?://"; "") | sub("/v[12]/?$"; "") | sub("/$"; "") | sub("^(index|registry-1)\\.docker\\.io(?<rest>/|$)"; "docker.io\(.rest)");
def host: split("/")[0];
def key: if . == "docker.io" then "https://index.docker.io/v1/" else . end;

# Docker's short names of official images are under 'library/'.
def pushed: [$output | scan("[\",=]([^\",= ]+)/([^\",= :]+):[^\",=/ ]+")] | map(join("/"));

(.auths // {} | to_entries | map(.key |= bare)) as $entries
| pushed as $repositories
| [$entries[].key | host] | unique
| map(. as $host
    | ([$repositories[] | select(host == $host)] | first) as $repository
    | ($entries | map(select((.key | host) == $host)) | sort_by(.key | length)) as $of_host
    | ([$of_host[] | select(.key as $key | $repository != null and ($repository == $key or ($repository | startswith($key + "/"))))] | last)
      // ([$of_host[] | select(.key == $host)] | first) // $of_host[0]
    | {key: ($host | key), value: .value})
| {auths: from_entries}
