module trestle.dev/hack/cluster/gitserver

go 1.26
