package main

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A commit that no branch holds any more can still be fetched: a build uses the commit it was promised.
func TestServesACommitThatItsBranchHasLeft(t *testing.T) {
	root := t.TempDir()
	work := filepath.Join(t.TempDir(), "work")
	git(t, "init", "-q", "-b", "main", work)
	left := commit(t, work, "first")
	git(t, "-C", work, "commit", "-q", "--amend", "--allow-empty", "-m", "second")
	git(t, "clone", "-q", "--bare", work, filepath.Join(root, "x.git"))
	git(t, "-C", filepath.Join(root, "x.git"), "fetch", "-q", work, left)

	url := serve(t, root) + "/x.git"
	clone := filepath.Join(t.TempDir(), "clone")
	git(t, "clone", "-q", "--filter=blob:none", url, clone)
	git(t, "-C", clone, "fetch", "-q", "--depth", "1", "origin", left)
	git(t, "-C", clone, "cat-file", "-e", left)
}

func TestRefusesAPush(t *testing.T) {
	root := t.TempDir()
	work := filepath.Join(t.TempDir(), "work")
	git(t, "init", "-q", "-b", "main", work)
	commit(t, work, "first")
	git(t, "init", "-q", "--bare", filepath.Join(root, "x.git"))

	push := exec.Command("git", "-C", work, "push", "-q", serve(t, root)+"/x.git", "main")
	push.Env = environment()
	if output, err := push.CombinedOutput(); err == nil {
		t.Fatalf("the push was accepted: %s", output)
	}
}

func serve(t *testing.T, root string) string {
	handler, err := newHandler(root)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func commit(t *testing.T, work, message string) string {
	git(t, "-C", work, "commit", "-q", "--allow-empty", "-m", message)
	return git(t, "-C", work, "rev-parse", "HEAD")
}

func git(t *testing.T, arguments ...string) string {
	t.Helper()
	command := exec.Command("git", arguments...)
	command.Env = environment()
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(arguments, " "), err, output)
	}
	return strings.TrimSpace(string(output))
}

// environment keeps the machine's own Git configuration out of the tests.
func environment() []string {
	return append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a",
		"GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
}
