// Prints a Markdown table of two selections, one line of JSON for each commit: CI's (localai-selection.mjs) and `trestle plan --each`.
// Commits that neither builds anything for are only counted.
import { readFileSync } from "node:fs";

const [ciFile, planFile] = process.argv.slice(2);
const lines = file => readFileSync(file, "utf8").split("\n").filter(Boolean).map(line => JSON.parse(line));
const ci = new Map(lines(ciFile).map(({ to, legs }) => [to, new Set(legs)]));
const nameOf = leg => `${leg.build} ${leg.platform}`;

const byFrequency = items => {
  const counts = new Map();
  items.forEach(item => counts.set(item, (counts.get(item) ?? 0) + 1));
  return [...counts].sort(([, a], [, b]) => b - a).map(([item]) => item);
};

const why = legs => {
  const inputs = byFrequency(legs.flatMap(leg => leg.reasons.map(reason => `\`${reason.input.replace(/^Source /, "")}\``)));
  return inputs.length > 3 ? `${inputs.slice(0, 3).join(", ")} and ${inputs.length - 3} more` : inputs.join(", ");
};

const table = lines(planFile).map(step => {
  const theirs = ci.get(step.to);
  const ours = new Set(step.selected.map(nameOf));
  const onlyOurs = step.selected.filter(leg => !theirs.has(nameOf(leg)));
  const onlyTheirs = [...theirs].filter(name => !ours.has(name));
  return { step, theirs: theirs.size, ours: ours.size, onlyOurs, onlyTheirs };
});

const sum = number => table.reduce((total, row) => total + number(row), 0);
const subject = text => text.replaceAll("|", "\\|").replace(/\s*\(#\d+\)$/, "");

console.log("| commit | subject | CI | Trestle | only CI | only Trestle | why only Trestle |");
console.log("| --- | --- | ---: | ---: | ---: | ---: | --- |");
for (const { step, theirs, ours, onlyOurs, onlyTheirs } of table.filter(row => row.theirs + row.ours > 0)) {
  const cells = [step.to.slice(0, 9), subject(step.subject), theirs, ours, onlyTheirs.length, onlyOurs.length, why(onlyOurs)];
  console.log(`| ${cells.join(" | ")} |`);
  onlyTheirs.slice(0, 5).forEach(name => console.error(`only CI builds '${name}' for ${step.to.slice(0, 9)}`));
}
const quiet = table.filter(row => row.theirs + row.ours === 0).length;
const differs = table.filter(row => row.onlyOurs.length + row.onlyTheirs.length > 0).length;
console.log(`| ${table.length} commits | ${quiet} build nothing, ${differs} differ | ${sum(row => row.theirs)} | ${sum(row => row.ours)} | ${
  sum(row => row.onlyTheirs.length)} | ${sum(row => row.onlyOurs.length)} | |`);
