# Makes the result of a leg from what buildctl left: first the exit code, then one JSON object, each on a line.
# Input comes as variables: $status $ended $seconds $options $classes $inodes $log_end $metadata $vertexes $logs (see trestle-leg).
# Lines that are no JSON, as of a trace cut short by a kill, are passed over.

def records($text): $text | split("\n") | map(fromjson? // empty);
def clipped($most): if length > $most then .[:$most] + "…" else . end;

# What a terminal would show of a line: without colours, and only what follows the last carriage return.
def shown: gsub("\u001b\\[[0-9;?]*[A-Za-z]"; "") | rtrimstr("\r") | split("\r") | last // "" | gsub("[\u0000-\u0008\u000b-\u001f\u007f]"; "");

# A vertex is sent again whenever it changes, so the last word on each field counts.
def vertices: reduce (records($vertexes)[] | .vertexes[]?) as $v ({}; .[$v.digest] += ($v | with_entries(select(.value != null)))) | map(.);

def is_cache_export: .name | startswith("exporting cache");

# The instructions of the Dockerfile that do work: '[2/3] RUN make', '[build 2/3] COPY . .', but no FROM.
def steps: map(select(.name | test("^\\[([^]]* )?[0-9]+/[0-9]+\\] (?!FROM )")));

def cache_import:
  map(select(.name | startswith("importing cache manifest")))
  | if length == 0 then (if $options | test(" --import-cache") then "Failed" else "None" end)
    elif any(.error == null) then "Used"
    elif all(.error | test("not found")) then "Missing"
    else "Failed" end;

def cache_export($metadata):
  if ($options | test(" --export-cache")) | not then "None" elif $metadata["cache.manifest"] then "Exported" else "Failed" end;

def success($metadata; $vertices):
  $metadata["containerimage.descriptor"] as $image
  | { digest: $image.digest, mediaType: $image.mediaType, size: $image.size,
      steps: ($vertices | steps | length), cachedSteps: ($vertices | steps | map(select(.cached)) | length),
      cacheImport: ($vertices | cache_import), cacheExport: cache_export($metadata), seconds: $seconds };

# The vertex that failed first; one that was cancelled for it only if there is no other. A cache that could not be read fails nothing.
def culprit:
  map(select(.error and (.name | startswith("importing cache manifest") | not))) | sort_by(.completed // "")
  | (map(select((is_cache_export or (.error | test("context canceled"))) | not)) + .) | first;

def last_lines($vertex):
  [records($logs)[] | .logs[]? | select(.vertex == $vertex.digest) | .data | @base64d] | join("")
  | split("\n") | map(shown | select(test("\\S"))) | .[-20:] | map(clipped(400));

# BuildKit's last words, which follow the excerpt of the Dockerfile and may take several lines.
def after($mark): ("\n" + $log_end) | split("\n" + $mark) | if length > 1 then last else null end;
def final_error: (after("error: failed to solve: ") // after("error: ") // "") | gsub("\\s+"; " ") | rtrimstr(" ");

def location: [$log_end | scan("(?:^|\n)([^\n#]+:[0-9]+)\n-{20}\n")] | last // [] | first;

# What ended the build from outside, if anything did, else what failure-classes has of it.
def kind($errors; $log):
  if $ended == "Interrupted" then {class: "Cancelled", reason: $ended, message: "The leg was cancelled."}
  elif $ended == "BuildTimeout" then {class: "DeadlineExceeded", reason: $ended, message: "The build took longer than the pool's 'buildDeadlineSeconds'."}
  else
    ($classes | split("\n") | map(select(test("^[A-Z]")) | capture("^(?<class>\\S+) +(?<reason>\\S+) +(?<where>\\S+) +(?<pattern>.+)$")))
    | map(select(.pattern as $pattern | (if .where == "log" then $log else $errors end) | test($pattern; "i")))
    | first // {class: "Infrastructure", reason: "Unknown"} | {class, reason}
    | if .class == "DiskFull" and $inodes == "0" then .reason = "InodesExhausted" else . end
  end;

# The registry that BuildKit had to do with: as the image's name has it, else as the address of a request.
def registry($errors):
  [$errors | scan("(?:metadata for|failed to push|cache manifest from) ([^/ ]+)/"), scan("https?://([^/\" ]+)/v2/")] | first // [] | first
  | if . then sub("^(registry-1|auth|index)\\.docker\\.io$"; "docker.io") | clipped(200) else . end;

def failure($vertices):
  ($vertices | culprit) as $vertex | (if $vertex then last_lines($vertex) else [] end) as $lines | final_error as $error
  | "\($error)\n\($vertex.error // "")" as $errors | kind($errors; $lines | join("\n")) as $kind
  | { class: $kind.class,
      reason: $kind.reason,
      step: ($vertex.name // null | if . then sub("^\\[[^]]*\\] "; "") | gsub("\\s+"; " ") | clipped(200) else . end),
      location: (location | if . then clipped(200) else . end),
      exitCode: ($errors | if $ended == "" and test("exit code: [0-9]+") then capture("exit code: (?<code>[0-9]+)").code | tonumber else null end),
      message: ($kind.message // (if $error == "" then "buildctl ended with exit code \($status) and no error." else $error end) | shown | clipped(500)),
      registry: (if $kind.reason | IN("RateLimited", "RegistryError", "PushDenied", "AccessDenied") then registry($errors) else null end),
      lastLines: $lines }
  | with_entries(select(.value != null))
  | until((tojson | utf8bytelength) <= 3980 or (.lastLines | length) == 0; .lastLines |= .[1:]);

def exit_code: {User: 1, WrongPlatform: 3, DeadlineExceeded: 124, Cancelled: 143}[.] // 2;

(records($metadata | gsub("\n"; "")) | first // {}) as $metadata | vertices as $vertices
| if $status == 0 and $metadata["containerimage.descriptor"].digest then 0, (success($metadata; $vertices) | tojson)
  else {failure: failure($vertices)} | (.failure.class | exit_code), tojson end
