# Sourced by the other tools: run what takes long, and say every few seconds that it
# goes on. Who watches a silent terminal for a minute takes it to hang.

# heartbeat WHAT USUALLY COMMAND …
# The file that RESCIND_NOW names, if any, says in one line what runs right now.
heartbeat() {
  local what=$1 usually=$2 start=$SECONDS every=5 code=0 beat
  shift 2
  [ -z "${CI:-}" ] || every=30
  printf '%s … (usually %s)\n' "$what" "$usually"
  (
    while sleep "$every" >/dev/null 2>&1; do
      now=$(cat "${RESCIND_NOW:-/dev/null}" 2>/dev/null) || now=""
      printf '\n   %d:%02d  %s\n' $(((SECONDS - start) / 60)) $(((SECONDS - start) % 60)) "${now:-$what …}"
    done
  ) &
  beat=$!
  # in the foreground, so that Ctrl-C reaches it; a function of several steps has to
  # say itself where it stops: -e does not hold in here
  "$@" || code=$?
  kill "$beat" 2>/dev/null || true
  wait "$beat" 2>/dev/null || true
  return "$code"
}
