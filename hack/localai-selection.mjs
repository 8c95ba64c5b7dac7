// Asks LocalAI's own filter (scripts/lib/backend-filter.mjs of each commit) which Linux legs its CI would build for the commit.
// Reads commits from stdin, prints a line of JSON for each. A commit older than the filter is judged by the filter of HEAD.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";

const clone = process.argv[2];
const FILTER = "scripts/lib/backend-filter.mjs";
const CUT_AT = 300; // GitHub's compare API lists no more files; the CI then builds everything
const folder = mkdtempSync(join(tmpdir(), "localai-filter-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const git = (...args) =>
  execFileSync("git", ["-C", clone, ...args], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });

const fileAt = (commit, path) => {
  try {
    return git("show", `${commit}:${path}`);
  } catch {
    return null;
  }
};

const filters = new Map();
async function filterOf(commit) {
  const text = fileAt(commit, FILTER) ?? fileAt("HEAD", FILTER);
  if (!filters.has(text)) {
    const file = join(folder, `filter-${filters.size}.mjs`);
    writeFileSync(file, text);
    filters.set(text, await import(file));
  }
  return filters.get(text);
}

const rows = text => {
  const matrix = load(text);
  return { include: matrix.include ?? [], includeDarwin: matrix.includeDarwin ?? [] };
};

async function selection(commit) {
  const filter = await filterOf(commit);
  const matrixFile = filter.BACKEND_MATRIX_FILE;
  const { include, includeDarwin } = rows(fileAt(commit, matrixFile));
  const changedFiles = git("diff", "--name-only", "-M", "-z", `${commit}^1`, commit).split("\0").filter(Boolean);
  if (changedFiles.length >= CUT_AT) {
    return include;
  }
  const before = changedFiles.includes(matrixFile) ? fileAt(`${commit}^1`, matrixFile) : null;
  const proto = filter.BACKEND_PROTO_FILE;
  return filter.filterMatrix({
    includes: include,
    includesDarwin: includeDarwin,
    changedFiles,
    previousMatrix: before === null ? null : rows(before),
    protoRevisions: changedFiles.includes(proto)
      ? { previous: fileAt(`${commit}^1`, proto), current: fileAt(commit, proto) }
      : null,
  }).filtered;
}

for (const commit of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const legs = (await selection(commit)).flatMap(row =>
    row.platforms.split(",").map(platform => `${row["tag-suffix"].replace(/^-/, "")} ${platform.trim()}`));
  console.log(JSON.stringify({ to: commit, legs }));
}
