# Makes the result of a leg from what buildctl left. Two lines: the exit code and whether another attempt in this pod may help ('no',
# 'cache': without the cache, 'push': after a while), then one JSON object.
# Input comes as variables: $status $ended $seconds $options $broken $classes $advice $inodes $log_end $metadata $vertexes $earlier $logs (see trestle-leg).
# Lines that are no JSON, as of a trace cut short by a kill, are passed over.

def records($text): $text | split("\n") | map(fromjson? // empty);
def clipped($most): if length > $most then .[:$most] + "…" else . end;

# What a terminal would show of a line: without colours, and only what follows the last carriage return.
def shown: gsub("\u001b\\[[0-9;?]*[A-Za-z]"; "") | rtrimstr("\r") | split("\r") | last // "" | gsub("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"; "");

# A vertex is sent again whenever it changes, so the last word on each field counts.
def vertices($text): reduce (records($text)[] | .vertexes[]?) as $v ({}; .[$v.digest] += ($v | with_entries(select(.value != null)))) | map(.);

def is_cache_import: .name | startswith("importing cache manifest");
def is_cache_export: .name | startswith("exporting cache");

# The instructions of the Dockerfile that do work: '[2/3] RUN make', '[build 2/3] COPY . .', but no FROM.
def steps: map(select(.name | test("^\\[([^]]* )?[0-9]+/[0-9]+\\] (?!FROM )")));

def asks_for_cache: $options | test(" --import-cache");

def cache_import:
  map(select(is_cache_import))
  | if $broken == "yes" then "Broken"
    elif length == 0 then (if asks_for_cache then "Failed" else "None" end)
    elif any(.error == null) then "Used"
    elif all(.error | test("not found")) then "Missing"
    else "Failed" end;

def cache_export($metadata):
  if ($options | test(" --export-cache")) | not then "None" elif $metadata["cache.manifest"] then "Exported" else "Failed" end;

# A step that an earlier attempt in this pod has run is not a hit of a cache. Names are compared: a local context has another digest each time.
def success($metadata; $vertices):
  $metadata["containerimage.descriptor"] as $image
  | [vertices($earlier)[] | select(.completed and (.error | not) and (.cached | not)) | {(.name): true}] | add as $built
  | { digest: $image.digest, mediaType: $image.mediaType, size: $image.size,
      steps: ($vertices | steps | length), cachedSteps: ($vertices | steps | map(select(.cached and ($built[.name] | not))) | length),
      cacheImport: ($vertices | cache_import), cacheExport: cache_export($metadata), seconds: $seconds };

# The vertex that failed first; one that was cancelled for it only if there is no other. A cache that could not be read fails nothing.
def culprit:
  map(select(.error and (is_cache_import | not))) | sort_by(.completed // "")
  | (map(select((is_cache_export or (.error | test("context canceled"))) | not)) + .) | first;

def lines_of($vertex):
  [records($logs)[] | .logs[]? | select(.vertex == $vertex.digest) | .data | @base64d] | join("")
  | split("\n") | .[-800:] | map(shown | select(test("\\S"))) | .[-400:] | map(clipped(400));

# Lines that only report that another program failed, or where to read more.
def is_noise:
  test("^(\\+ |make(\\[[0-9]+\\])?: |ninja: build stopped|npm (ERR!|error) +(A complete log|/.*_logs/)|npm notice|info Visit|The command .* returned|exit status [0-9]+$|note: |hint: |help: |Node\\.js v|BUILD FAILED in|\\* (Try|Get more)|> Run with|\\[notice\\]|\\[ERROR\\] *($|To see|Re-run|For more|\\[Help)|ERROR: failed to (build|solve))|^\\s+at |^npm (ERR!|error) *$");

# Lines that are likely to carry the cause, for tools that write a lot after it.
def carries_a_cause:
  test("(^|[^-\\w.])(error|ERR!|fatal|FAILED|panic|exception|undefined reference|cannot find|could not|failed)\\b[^\\w]"; "i")
  and (sub("^npm (ERR!|error) +"; "") | test("^(A complete log|code [0-9]+$|path |command |gyp (ERR!|info) (System|cwd|node -v|node-gyp -v|not ok|ok|command)|command failed$)") | not);

# At most 20 lines: the last ones, and the first causes of those before.
def last_lines($lines):
  ($lines | map(select(test("^npm ((ERR!|error) *($|A complete log|/.*_logs/)|notice)") | not))) as $worth
  | (if ($worth | length) > 0 then $worth else $lines end) as $all
  | ($all[:-12] | map(select(carries_a_cause)) | .[:8]) as $causes
  | if ($all | length) <= 20 or ($causes | length) == 0 then {causes: [], tail: $all[-20:]}
    else {causes: $causes, tail: $all[-12:]} end;

# BuildKit's last words, which follow the excerpt of the Dockerfile and may take several lines.
def after($mark): ("\n" + $log_end) | split("\n" + $mark) | if length > 1 then last else null end;
def final_error: (after("error: failed to solve: ") // after("error: ") // "") | gsub("\\s+"; " ") | rtrimstr(" ");

def location: [$log_end | scan("(?:^|\n)([^\n#]+:[0-9]+)\n-{20}\n")] | last // [] | first;

# What ended the build from outside, if anything did, else what failure-classes has of it.
def kind($errors; $lines):
  if $ended == "Interrupted" then {class: "Cancelled", reason: $ended, message: "The leg was cancelled."}
  elif $ended == "BuildTimeout" then {class: "DeadlineExceeded", reason: $ended, message: "The build took longer than the pool's 'buildDeadlineSeconds'."}
  else
    ($errors | test("did not complete successfully")) as $in_step
    | (if $in_step then $lines else [] end) as $of_step
    | { error: $errors,
        log: ($of_step[-20:] | join("\n")),
        end: ($of_step | map(select(is_noise | not)) | .[-4:] | join("\n")),
        all: ($of_step | join("\n")),
        push: (if $errors | test("failed to push ") then $lines | join("\n") else "" end) } as $texts
    | ($classes | split("\n") | map(select(test("^[A-Z]")) | capture("^(?<class>\\S+) +(?<reason>\\S+) +(?<where>\\S+) +(?<pattern>.+)$")))
    | first(.[] | select($texts[.where] as $text | $text != "" and (.pattern as $pattern | $text | test("(?m)" + $pattern; "i")))) // {class: "Infrastructure", reason: "Unknown"}
    | {class, reason}
    | if .class == "DiskFull" and $inodes == "0" then .reason = "InodesExhausted" else . end
  end;

# What BuildKit says of an answer, without what the registry says in it: that may name any other registry.
def own_words:
  split("\n") | map(sub(" - Server message: .*$"; "") | sub(" server message: .*$"; "") | sub("git stderr: .*$"; "")
    | sub(": (?<code>unknown|unsupported|unauthorized|denied|unavailable|toomanyrequests)(: .*| [a-z]+: .*)?$"; ": \(.code)")) | join("\n");

# The registry that BuildKit had to do with: the host of the address that was answered so, else as the image's name has it.
def registry($errors):
  ($errors | own_words) as $words
  | [$words | scan("unexpected status (?:code|from [A-Z]+ request to) https?://(?:[^/@\" ]*@)?([^/?#\" ]+)"),
      scan("(?:metadata for|failed to push|cache manifest from) ([^/ ]+)/"), scan("https?://(?:[^/@\" ]*@)?([^/?#\" ]+)/v2/")] | first // [] | first
  | if . then sub("^(registry-1|auth|index)\\.docker\\.io$"; "docker.io") | clipped(200) else . end;

# BuildKit reads all submodules of a commit, and its words name a submodule only by its address.
def submodule($error):
  ($error | [scan("clone of '([^']+)' into submodule path")] | first // [] | first) as $url
  | [$error | scan("Submodule '([^']+)' \\(([^)]+)\\)") | select($url == null or .[1] == $url)] | first as $named
  | ($named[0] // ($error | [scan("into submodule path '(?:[^']*/)?([^'/]+)'")] | first // [] | first)) as $name
  | (($error | [scan("(?:ssh: [^:]*not found|ssh: Could not resolve hostname [^:]+|Permission denied \\([^)]*\\)|Host key verification failed|(?:fatal: )?could not read (?:Username|Password) for '[^']*'|Authentication failed for '[^']*'|(?:The requested URL returned error: [0-9]+)|Could not resolve host: [^ ]+|repository '[^']*' not found|Failed to connect to [^:]+|cannot run ssh)")] | first)
      // "git could not read it") as $cause
  | "Submodule '\($name // "unknown")'\(($url // $named[1]) | if . then " (\(.))" else "" end) cannot be read: \($cause). BuildKit reads every submodule of the commit, and the builder has no SSH. Give it an https address in .gitmodules that is public or on the repository's own host, or remove it.";

def advice($reason; $text):
  first($advice | split("\n")[] | select(startswith($reason + " ")) | capture("^\\S+ +(?<pattern>.+) => (?<sentence>.+)$")
    | .pattern as $pattern | .sentence as $sentence
    | select($text | test("(?m)" + $pattern; "i"))
    | ($text | capture("(?m)" + $pattern; "i")) as $found
    | reduce ($found | to_entries[] | select(.value)) as $group ($sentence; split("{\($group.key)}") | join($group.value)))
  // null;

def sentences($error; $advice):
  ($error | shown) as $error
  | if $advice == null then $error | clipped(500)
    else ($error | clipped(500) | if test("[.!?…]$") then . else . + "." end) + " " + $advice end;

def message($kind; $error; $errors; $lines):
  if $kind.message then $kind.message
  elif $error == "" then "buildctl ended with exit code \($status) and no error."
  elif $error | test("failed to update submodules") then submodule($error) | shown | clipped(900)
  else sentences($error; advice($kind.reason; $errors + "\n" + ($lines[-20:] | join("\n")))) end
  | if $broken == "yes" then . + " This was built without the cache, since a layer of the cache cannot be read." else . end;

# A cache whose manifest is there and whose layers are not: the build is right, the import is not.
def cache_is_broken($kind; $vertices):
  asks_for_cache and $kind.reason == "LayerUnavailable" and ($vertices | any(is_cache_import and .error == null));

# Registries deny now and then what they take a moment later, and lose uploads; what was built is still here.
def push_may_pass($kind; $errors):
  ($kind.reason | IN("PushDenied", "AccessDenied"))
    and ($errors | test(": 403\\b|: denied\\b|access denied") and (test("insufficient_scope|unauthorized|does not exist|NAME_UNKNOWN|immutab|overwritten|quota|upper limit"; "i") | not))
  or ($kind.reason == "RegistryError" and ($errors | test("failed to push ") and test("upload|digest[_ ]invalid|size[_ ]invalid|did not match"; "i") and (test("read[ -]?only|: 405|: 5[0-9][0-9]"; "i") | not)));

def shortened:
  until((tojson | utf8bytelength) <= 3980 or (.lastLines | length) == 0; .lastLines |= .[1:]);

# The lines before the causes' end go last: they say why.
def with_lines($chosen):
  . as $failure
  | [range(0; ($chosen.tail | length) + 1) as $dropped | $chosen.causes + $chosen.tail[$dropped:]]
  | first(.[] as $lines | $failure + {lastLines: $lines} | select((tojson | utf8bytelength) <= 3980)) // ($failure + {lastLines: $chosen.causes} | shortened);

def failure($vertices):
  ($vertices | culprit) as $vertex | (if $vertex then lines_of($vertex) else [] end) as $lines | final_error as $error
  | "\($error)\n\($vertex.error // "" | gsub("\\s+"; " ") | rtrimstr(" "))" as $errors | kind($errors; $lines) as $kind
  | { again: (if $ended != "" then "no" elif cache_is_broken($kind; $vertices) then "cache" elif push_may_pass($kind; $errors) then "push" else "no" end),
      failure: ({ class: $kind.class,
        reason: $kind.reason,
        step: ($vertex.name // null | if . then sub("^\\[[^]]*\\] "; "") | gsub("\\s+"; " ") | shown | clipped(200) else . end),
        location: (location | if . then shown | clipped(200) else . end),
        exitCode: (if $ended == "" then [$errors | scan("did not complete successfully: exit code: ([0-9]{1,9})")] | last // [] | first | if . then tonumber else . end else null end),
        message: message($kind; $error; $errors; $lines),
        registry: (if $kind.reason | IN("RateLimited", "RegistryError", "PushDenied", "AccessDenied", "LayerUnavailable") then registry($errors) else null end) }
      | with_entries(select(.value != null)) | with_lines(last_lines($lines))) };

def exit_code: {User: 1, WrongPlatform: 3, DeadlineExceeded: 124, Cancelled: 143}[.] // 2;

(records($metadata | gsub("\n"; "")) | first // {}) as $metadata | vertices($vertexes) as $vertices
| if $status == 0 and $metadata["containerimage.descriptor"].digest then "0 no", (success($metadata; $vertices) | tojson)
  else failure($vertices) | "\(.failure.class | exit_code) \(.again)", ({failure} | tojson) end
