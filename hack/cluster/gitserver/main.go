// Command gitserver serves bare Git repositories read-only over HTTP, so that builds in the local cluster have a
// repository to clone from. It is `git http-backend` behind net/http.
//
//	gitserver -listen 10.88.0.1:8080 -root /var/lib/trestle-cluster/git
//
// serves /var/lib/trestle-cluster/git/x.git as http://10.88.0.1:8080/x.git.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cgi"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8080", "address to listen on")
	root := flag.String("root", ".", "folder that holds the bare repositories")
	flag.Parse()

	handler, err := newHandler(*root)
	if err != nil {
		log.Fatalf("gitserver: %v", err)
	}
	log.Printf("serving the repositories in '%s' on http://%s", *root, *listen)
	log.Fatalf("gitserver: %v", http.ListenAndServe(*listen, handler))
}

// newHandler serves every repository under root for fetching: by branch, by any commit that exists (a build checks out
// the commit it was promised, even when the branch has moved on), and with filters (a reader of paths needs no blobs).
func newHandler(root string) (http.Handler, error) {
	folder, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	execPath, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		return nil, fmt.Errorf("cannot ask git where its programs are: %w; install git", err)
	}
	backend := &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(string(execPath)), "git-http-backend"),
		Env: append(gitConfig(
			"uploadpack.allowFilter", "true",
			"uploadpack.allowAnySHA1InWant", "true",
			"http.receivepack", "false",
			"safe.directory", "*",
		), "GIT_PROJECT_ROOT="+folder, "GIT_HTTP_EXPORT_ALL=1"),
	}
	return withLength(backend), nil
}

// gitConfig passes pairs of key and value to git by its environment: https://git-scm.com/docs/git-config#ENVIRONMENT.
func gitConfig(pairs ...string) []string {
	environment := []string{fmt.Sprintf("GIT_CONFIG_COUNT=%d", len(pairs)/2)}
	for i := 0; i < len(pairs); i += 2 {
		environment = append(environment,
			fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", i/2, pairs[i]),
			fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", i/2, pairs[i+1]))
	}
	return environment
}

// withLength reads a request's body before it is passed on: Git sends a long list of commits in chunks of no announced
// length, which net/http/cgi refuses.
func withLength(next http.Handler) http.Handler {
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, 64<<20))
		if err != nil {
			http.Error(response, err.Error(), http.StatusRequestEntityTooLarge)
			return
		}
		request.Body = io.NopCloser(bytes.NewReader(body))
		request.ContentLength = int64(len(body))
		request.TransferEncoding = nil
		next.ServeHTTP(response, request)
	})
}
