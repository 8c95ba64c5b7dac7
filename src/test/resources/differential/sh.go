// The shell of the images under test: of a script it runs the lines "cp SOURCE DESTINATION" and skips all others.
package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	script := ""
	if len(os.Args) > 2 && os.Args[1] == "-c" {
		script = os.Args[2]
	}
	for _, line := range strings.Split(script, "\n") {
		words := strings.Fields(line)
		if len(words) == 3 && words[0] == "cp" {
			copyTree(words[1], words[2])
		}
	}
}

// A source that is not there is skipped: the build goes on, and the image lacks it.
func copyTree(source, destination string) {
	source, err := filepath.EvalSymlinks(source)
	if err != nil {
		return
	}
	_ = filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		relative, _ := filepath.Rel(source, path)
		target := filepath.Join(destination, relative)
		switch {
		case entry.IsDir():
			_ = os.MkdirAll(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0:
			link, _ := os.Readlink(path)
			_ = os.Symlink(link, target)
		default:
			copyFile(path, target)
		}
		return nil
	})
}

func copyFile(source, target string) {
	in, err := os.Open(source)
	if err != nil {
		return
	}
	defer in.Close()
	info, _ := in.Stat()
	_ = os.MkdirAll(filepath.Dir(target), 0o755)
	out, err := os.OpenFile(target, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, info.Mode())
	if err != nil {
		return
	}
	defer out.Close()
	_, _ = io.Copy(out, in)
}
