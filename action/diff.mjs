// Runs `schemacrate diff` for a pull request, posts one comment, and sets the verdict.
//
// Exit codes: 0 clean or accepted, 1 a change is not allowed, 2 nothing could be compared.

import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { publish } from "./comment.mjs";

// GitHub accepts about one MiB of summary for a step.
const SUMMARY = 1024 * 1000;

const environment = process.env;

function input(name) {
  return environment[`DIFF_${name}`] ?? "";
}

function output(name, value) {
  if (environment.GITHUB_OUTPUT) {
    appendFileSync(environment.GITHUB_OUTPUT, `${name}=${String(value).replace(/[\r\n]/g, " ")}\n`);
  }
}

function git(...args) {
  return execFileSync("git", args, { maxBuffer: 512 * 1024 * 1024, stdio: ["ignore", "pipe", "pipe"] });
}

// A line of the log that GitHub does not interpret as a command.
function say(text) {
  console.log(text.replace(/^::/gm, " ::"));
}

function fail(text) {
  const escaped = text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  console.log(`::error title=schemacrate diff::${escaped}`);
  process.exit(2);
}

function pullRequest() {
  const path = environment.GITHUB_EVENT_PATH;
  if (!path || !existsSync(path)) return null;
  return JSON.parse(readFileSync(path, "utf8")).pull_request ?? null;
}

// A checkout may be shallow, so the commit may have to be fetched.
function present(commit) {
  try {
    git("cat-file", "-e", `${commit}^{commit}`);
  } catch {
    git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", commit);
  }
}

function baseCommit(pull) {
  const named = input("BASE") || pull?.base?.sha || "";
  if (!named || named.startsWith("-")) fail("there is no base to compare with; set the input `base`");
  try {
    present(named);
    // Where the branch left its base, if the history is complete enough; else the base itself.
    try {
      return git("merge-base", named, "HEAD").toString().trim();
    } catch {
      return git("rev-parse", "--verify", `${named}^{commit}`).toString().trim();
    }
  } catch (error) {
    fail(`cannot find the commit ${named}: ${String(error.stderr ?? error)}`);
  }
}

function oldDocument(base, path, folder) {
  try {
    git("cat-file", "-e", `${base}:${path}`);
  } catch {
    return null;
  }
  mkdirSync(join(folder, "old"));
  const file = join(folder, "old", basename(path));
  writeFileSync(file, git("show", `${base}:${path}`));
  return file;
}

function link(commit, path) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment;
  if (!server || !repository || !commit) return null;
  return `${server}/${repository}/blob/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

function compare(old, schema, sides, links, folder) {
  const binary = input("SCHEMACRATE") || join(environment.RUNNER_TEMP ?? "", "schemacrate", "bin", "schemacrate");
  const report = (format, file) => ["--report", `${format}=${join(folder, file)}`];
  const args = [
    "diff", old, schema, "--format", "github", "--fail-on", input("FAIL_ON") || "any",
    "--name", input("NAME") || basename(schema), "--sides", ...sides,
    ...report("markdown", "comment.md"), ...report("full-markdown", "report.md"),
    ...report("json", "report.json"), ...report("sarif", "report.sarif"),
  ];
  if (input("CONFIG")) args.push("--config", input("CONFIG"));
  if (links[0]) args.push("--old-link", links[0]);
  if (links[1]) args.push("--new-link", links[1]);
  const run = spawnSync(binary, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (run.error) fail(`cannot run ${binary}: ${run.error.message}`);
  if (run.status !== 0 && run.status !== 1) fail(run.stderr || `schemacrate ended with ${run.status}`);
  // The annotations are commands of the workflow, escaped by schemacrate.
  process.stdout.write(run.stdout);
  say(run.stderr);
  return run.status;
}

function summarise(text) {
  if (!environment.GITHUB_STEP_SUMMARY) return;
  const bytes = Buffer.from(text, "utf8");
  const cut = bytes.length > SUMMARY;
  const kept = cut ? bytes.subarray(0, bytes.lastIndexOf("\n", SUMMARY)).toString("utf8") : text;
  appendFileSync(environment.GITHUB_STEP_SUMMARY, `${kept}${cut ? "\n\nThe rest is in the report.\n" : ""}`);
}

async function main() {
  const schema = input("SCHEMA");
  if (!schema || !existsSync(schema)) fail(`there is no schema ${schema || "given"}`);
  const pull = pullRequest();
  const base = baseCommit(pull);
  const folder = mkdtempSync(join(environment.RUNNER_TEMP ?? tmpdir(), "schema-diff-"));
  output("report", folder);
  const oldPath = input("OLD_SCHEMA") || schema;
  const old = oldDocument(base, oldPath, folder);
  if (!old) {
    say(`The base has no ${oldPath}: this is a new schema, and there is nothing to compare.`);
    output("verdict", "new");
    return 0;
  }
  const head = pull?.head?.sha ?? environment.GITHUB_SHA ?? "";
  const sides = [base.slice(0, 8), head.slice(0, 8) || "work tree"];
  const status = compare(old, schema, sides, [link(base, oldPath), link(head, schema)], folder);
  summarise(readFileSync(join(folder, "report.md"), "utf8"));
  const comment = readFileSync(join(folder, "comment.md"), "utf8");
  if (pull) {
    const url = await publish({
      api: environment.GITHUB_API_URL ?? "https://api.github.com",
      repository: environment.GITHUB_REPOSITORY ?? "",
      token: input("TOKEN"),
      number: pull.number,
      comment,
      say,
    });
    if (url) output("comment-url", url);
  }
  const label = input("ACCEPT_LABEL");
  const labels = (pull?.labels ?? []).map((one) => one.name);
  if (status === 1 && label && labels.includes(label)) {
    say(`The label ${label} accepts what breaks.`);
    output("verdict", "accepted");
    return 0;
  }
  output("verdict", status === 0 ? "clean" : "breaking");
  if (status === 1) say(`To accept this: [[diff.allow]] in schemacrate.toml, or the label ${label}.`);
  return status;
}

process.exitCode = await main();
