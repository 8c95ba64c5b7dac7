# Long-running programs: each has run/NAME.pid, run/NAME.born and run/NAME.command, and counts as alive only while the process
# of that number began at that moment. A number that the system gave to somebody else is thus never taken for ours.

components=(etcd apiserver controller-manager scheduler registry git-server containerd kubelet proxy buildkitd kwok)

# start NAME COMMAND...: does nothing when it runs already; another command line (a new version, a new flag) restarts it. The program is
# named by the file that its link leads to, so another version of one program restarts that one alone.
start() {
  local name=$1
  shift
  set -- "$(readlink -f "$(command -v "$1")")" "${@:2}"
  if alive "$name"; then
    cmp -s <(printf '%s\0' "$@") "$run/$name.command" && return 0
    stop "$name"
  fi
  rm -f "$run/$name.pid"
  printf '%s\0' "$@" >"$run/$name.command"
  # The child writes its own number and birth after leaving our session: a Ctrl-C can't part the process from its files.
  (
    cd "$home" || exit
    exec {terminal}>&- {lock}>&- # a program that outlives us must not hold the lock
    # shellcheck disable=SC2016 # expanded by the child
    exec setsid bash -c 'source "$1" && born $$ >"$2.born" && echo $$ >"$2.new" && mv "$2.new" "$2.pid" && exec "${@:3}"' \
      bash "$here/lib/processes.sh" "$run/$name" "$@" >"$log/$name.log" 2>&1 </dev/null
  ) &
  await "$name" 10 test -e "$run/$name.pid"
}

alive() {
  [[ -s $run/$1.pid && -s $run/$1.born && $(born "$(<"$run/$1.pid")") == "$(<"$run/$1.born")" ]]
}

# born PID: when the process began, in ticks since the machine did; nothing of one that has ended, even when nobody has collected it.
# Field 22 of proc_pid_stat(5), the state is field 3; the name in parentheses may hold anything.
born() {
  local stat fields
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 0
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[0]} == [ZX] ]] || echo "${fields[19]}"
}

# await_component NAME SECONDS COMMAND...: like 'await', but a component that has ended is reported at once.
await_component() {
  local name=$1 tries=$(($2 * 20))
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ! alive "$name"; then
      tail -n 5 "$log/$name.log" >&"$terminal"
      fail "$name has ended by itself. Full log: $log/$name.log"
    fi
    ((tries-- > 0)) || fail "$name runs but does not answer. Its log: $log/$name.log"
    sleep 0.05
  done
}

stop() {
  local name=$1 pid
  if alive "$name"; then
    pid=$(<"$run/$name.pid")
    kill "$pid" 2>/dev/null || true
    await_end "$name" 10 || kill -KILL "$pid" 2>/dev/null || true
    await_end "$name" 5 || fail "$name (pid $pid) can't be stopped, not even by SIGKILL"
  fi
  rm -f "$run/$name.pid" "$run/$name.born" "$run/$name.command"
}

await_end() { # name seconds
  local tries=$(($2 * 20))
  while alive "$1"; do # also false for a process that has ended and only waits to be collected
    ((tries-- > 0)) || return 1
    sleep 0.05
  done
}

# Deepest first. A folder must never be deleted while something of the machine is still mounted in it.
unmount_below() {
  awk -v below="$1/" 'index($2, below) == 1 {print $2}' /proc/mounts | sort -r | xargs -r -d '\n' umount -l
}

# render FILE OUTPUT [NAME=VALUE]...: a file of config/ with each @name@ replaced.
render() {
  local from=$here/config/$1 to=$2 pair replace=()
  shift 2
  for pair in home="$home" bin="$bin" pki="$pki" host="$host" registry="$registry" "$@"; do
    replace+=(-e "s|@${pair%%=*}@|${pair#*=}|g")
  done
  mkdir -p "$(dirname "$to")"
  sed "${replace[@]}" "$from" >"$to.new"
  mv "$to.new" "$to"
}
