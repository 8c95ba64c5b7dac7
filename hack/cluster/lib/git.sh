# Repositories that builds in the cluster clone: bare ones in $home/git, served read-only over HTTP.

start_git_server() { start git-server gitserver -listen "$git_address" -root "$home/git"; }

# push_git [--rewrite] DIR [NAME]: the folder as a commit on main of NAME.git. Author and date are fixed, so equal content
# gives an equal commit; content that differs becomes a commit on top of the last one, or with --rewrite one without any
# before it, as after a force push. Files that .gitignore names stay out.
push_git() (
  rewrite=false
  if [[ ${1:-} == --rewrite ]]; then
    rewrite=true
    shift
  fi
  [[ -d ${1:-} ]] || fail "usage: cluster push-git [--rewrite] DIR [NAME]; '${1:-}' is not a folder"
  [[ -d $home/git ]] || fail "the cluster is not up; run 'cluster up' first"
  folder=$(cd "$1" && pwd)
  name=${2:-$(basename "$folder")}
  export GIT_DIR=$home/git/${name%.git}.git GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
  git -c init.defaultBranch=main init -q --bare # of one that exists, it completes what an interrupted one lacks
  export GIT_WORK_TREE=$folder

  GIT_INDEX_FILE=$(mktemp -u "$GIT_DIR/index.XXXXXX")
  export GIT_INDEX_FILE
  git -C "$folder" add --all .
  tree=$(git write-tree)
  rm -f "$GIT_INDEX_FILE"

  head=$(git rev-parse -q --verify refs/heads/main || true)
  if [[ -z $head || $(git rev-parse "$head^{tree}") != "$tree" ]]; then
    if $rewrite; then head=$(commit_tree "$tree" "" "$head"); else head=$(commit_tree "$tree" "$head" "$head"); fi
  fi
  printf 'http://%s/%s\n%s\n' "$git_address" "$(basename "$GIT_DIR")" "$head"
)

# tag_git [--delete] NAME TAG: an annotated tag at the head of main, moved when it is there already.
tag_git() (
  how=(--force --annotate --message tagged)
  if [[ ${1:-} == --delete ]]; then
    how=(--delete)
    shift
  fi
  [[ $# -eq 2 ]] || fail "usage: cluster tag-git [--delete] NAME TAG"
  repository=$home/git/${1%.git}.git
  [[ -d $repository ]] || fail "there is no repository '$1'; make it with 'cluster push-git DIR $1'"
  [[ ${how[0]} == --delete ]] || set -- "$1" "$2" refs/heads/main
  git --git-dir "$repository" -c user.name=trestle -c user.email=trestle@example.org tag "${how[@]}" "${@:2}"
)

# The date counts up from a fixed one, because tools that sort commits by date want a child to be younger.
commit_tree() { # tree parent-or-nothing head-or-nothing
  local number=0 commit
  [[ -z $2 ]] || number=$(git rev-list --count "$2")
  export GIT_AUTHOR_NAME=trestle GIT_AUTHOR_EMAIL=trestle@example.org GIT_COMMITTER_NAME=trestle GIT_COMMITTER_EMAIL=trestle@example.org
  export GIT_AUTHOR_DATE="$((1767225600 + number * 60)) +0000"
  export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
  commit=$(git commit-tree "$1" ${2:+-p "$2"} -m "Content $((number + 1))")
  git update-ref refs/heads/main "$commit" "${3:-0000000000000000000000000000000000000000}"
  echo "$commit"
}
