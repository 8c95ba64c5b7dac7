# What people read while it works: one line a step, and for a failed step the end of its log.

exec {terminal}>&2 # a step's own output goes to its log, so what is said about the step goes here
current_step=

say() { printf '%s\n' "$*" >&"$terminal"; }

fail() {
  printf 'cluster: %s\n' "$*" >&"$terminal"
  exit 1
}

needs_root() {
  ((EUID == 0)) || fail "'$1' starts containers and makes a network bridge, which only root may: run it with sudo -E"
}

# step WHAT LOG COMMAND...: runs the command with its output in the log, saying what and how long.
step() {
  local what=$1 begun=$EPOCHREALTIME
  current_step=$what current_log=$2
  shift 2
  mkdir -p "$(dirname "$current_log")"
  printf '%s … ' "$what" >&"$terminal"
  "$@" >"$current_log" 2>&1
  printf '%s s\n' "$(seconds_since "$begun")" >&"$terminal"
  current_step=
}

seconds_since() { # a value of EPOCHREALTIME
  local micros=$((${EPOCHREALTIME/./} - ${1/./}))
  printf '%d.%d' $((micros / 1000000)) $((micros / 100000 % 10))
}

explain_exit() {
  local status=$?
  if ((status != 0)) && [[ -n $current_step ]]; then
    say "stopped (status $status)"
    [[ ! -e $current_log ]] || tail -n 15 "$current_log" >&"$terminal"
    fail "'$current_step' did not finish. Full log: $current_log. What it made in part is made again by the next run"
  fi
}
trap explain_exit EXIT
# Without these, bash would go on after a Ctrl-C that the running command chose to survive.
trap 'exit 130' INT
trap 'exit 143' TERM

# locked COMMAND...: one command changes the cluster at a time. What is started closes the lock, see 'start'.
locked() {
  mkdir -p "$cache"
  exec {lock}>"$cache/lock"
  if ! flock -n "$lock"; then
    say "another 'cluster' command is at work; waiting for it"
    flock "$lock"
  fi
  "$@"
}

# await WHAT SECONDS COMMAND...: polls until the command succeeds.
await() {
  local what=$1 tries=$(($2 * 10))
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((tries-- > 0)) || fail "$what did not come up in time; its log is in '$log'"
    sleep 0.1
  done
}
