// The action on fixture events, with doubles of GitHub and of the binary schemacrate.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const marker = "<!-- schemacrate-diff v1 shop -->";
const body = `${marker}\n## Schema update\n`;

function binary(folder, status) {
  const file = join(folder, "schemacrate");
  writeFileSync(file, `#!/usr/bin/env node
const fs = require("node:fs");
const args = process.argv.slice(2);
fs.writeFileSync(${JSON.stringify(join(folder, "args.json"))}, JSON.stringify(args));
if (${status} === 2) { console.error("error: no CSDL\\n::warning::x"); process.exit(2); }
fs.readFileSync(args[1]); fs.readFileSync(args[2]);
args.forEach((arg, at) => {
  if (args[at - 1] !== "--report") return;
  fs.writeFileSync(arg.slice(arg.indexOf("=") + 1), ${JSON.stringify(body)});
});
console.log("::error file=shop.csdl,line=1::gone");
process.exit(${status});
`);
  chmodSync(file, 0o755);
  return file;
}

function repository() {
  const folder = mkdtempSync(join(tmpdir(), "action-"));
  const git = (...args) => execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", ...args], { stdio: "pipe" }).toString().trim();
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(folder, "shop.csdl"), "old");
  git("add", "."); git("commit", "--quiet", "-m", "one");
  const base = git("rev-parse", "HEAD");
  writeFileSync(join(folder, "shop.csdl"), "new");
  git("commit", "--quiet", "-a", "-m", "two");
  return { folder, base, head: git("rev-parse", "HEAD") };
}

// A double of GitHub that has some comments and answers writes as the test specifies.
async function github(comments, answers) {
  const requests = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => { text += part; });
    request.on("end", () => {
      requests.push({ method: request.method, url: request.url, body: text ? JSON.parse(text) : null, token: request.headers.authorization });
      const answer = answers.shift();
      if (answer) { response.writeHead(answer.status, { "retry-after": "0" }); response.end(answer.body ?? "{}"); return; }
      if (request.method === "GET") {
        const page = Number(new URL(request.url, "http://x").searchParams.get("page"));
        response.end(JSON.stringify(comments.slice((page - 1) * 100, page * 100)));
        return;
      }
      response.end(JSON.stringify({ html_url: "https://github.test/comment" }));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { requests, api: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function run({ status = 0, comments = [], answers = [], event = "same", environment = {} }) {
  const { folder, base, head } = repository();
  const scratch = mkdtempSync(join(tmpdir(), "scratch-"));
  const hub = await github(comments, answers);
  const fixture = readFileSync(join(here, `${event}.json`), "utf8").replaceAll("BASE", base).replaceAll("HEAD", head);
  writeFileSync(join(scratch, "event.json"), fixture);
  mkdirSync(join(scratch, "temp"));
  const child = spawn("node", [join(here, "..", "diff.mjs")], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DIFF_SCHEMA: "shop.csdl", DIFF_NAME: "shop", DIFF_FAIL_ON: "any", DIFF_TOKEN: "secret",
      DIFF_ACCEPT_LABEL: "schema-break-accepted", DIFF_SCHEMACRATE: binary(scratch, status),
      GITHUB_API_URL: hub.api, GITHUB_REPOSITORY: "o/r", GITHUB_SERVER_URL: "https://github.test",
      GITHUB_EVENT_PATH: join(scratch, "event.json"), GITHUB_OUTPUT: join(scratch, "output"),
      GITHUB_STEP_SUMMARY: join(scratch, "summary"), RUNNER_TEMP: join(scratch, "temp"),
      ...environment,
    },
  });
  let log = "";
  child.stdout.on("data", (part) => { log += part; });
  child.stderr.on("data", (part) => { log += part; });
  const code = await new Promise((resolve) => child.on("close", resolve));
  hub.close();
  const read = (name) => { try { return readFileSync(join(scratch, name), "utf8"); } catch { return ""; } };
  return { code, log, requests: hub.requests, output: read("output"), summary: read("summary"), args: read("args.json"), base, head };
}

const bot = { type: "Bot" };
const comment = (text, user = bot, id = 7) => ({ id, user, body: text, html_url: "https://github.test/old" });

test("a comment is created, the report is in the summary, annotations are in the log", async () => {
  const { code, log, requests, output, summary, args, base, head } = await run({});
  assert.equal(code, 0, log);
  assert.deepEqual(requests.map((one) => one.method), ["GET", "POST"]);
  assert.equal(requests[1].url, "/repos/o/r/issues/5/comments");
  assert.equal(requests[1].body.body, body);
  assert.equal(requests[1].token, "Bearer secret");
  assert.match(output, /verdict=clean\n/);
  assert.match(output, /comment-url=https:\/\/github.test\/comment\n/);
  assert.equal(summary, body);
  assert.match(log, /^::error file=shop.csdl/m);
  assert.ok(args.includes(`https://github.test/o/r/blob/${base}/shop.csdl`), args);
  assert.ok(args.includes(`https://github.test/o/r/blob/${head}/shop.csdl`), args);
});

test("the comment is found after a hundred others, and updated", async () => {
  const others = Array.from({ length: 130 }, (_, at) => comment(`other ${at}`, { type: "User" }, at + 100));
  const { requests } = await run({ comments: [...others, comment(`${marker}\nold`)] });
  assert.deepEqual(requests.map((one) => one.method), ["GET", "GET", "PATCH"]);
  assert.equal(requests[2].url, "/repos/o/r/issues/comments/7");
});

test("an unchanged comment is left alone", async () => {
  const { requests, output } = await run({ comments: [comment(body.replace(/\n/g, "\r\n"))] });
  assert.deepEqual(requests.map((one) => one.method), ["GET"]);
  assert.match(output, /comment-url=https:\/\/github.test\/old/);
});

test("a comment of somebody else with our marker is not ours", async () => {
  const { requests } = await run({ comments: [comment(body, { type: "User" })] });
  assert.deepEqual(requests.map((one) => one.method), ["GET", "POST"]);
});

test("a break fails the check after the comment was written", async () => {
  const { code, requests, output, log } = await run({ status: 1 });
  assert.equal(code, 1);
  assert.equal(requests.at(-1).method, "POST");
  assert.match(output, /verdict=breaking/);
  assert.match(log, /schema-break-accepted/);
});

test("the label accepts a break, and the log names it", async () => {
  const { code, output, log } = await run({ status: 1, event: "labelled" });
  assert.equal(code, 0, log);
  assert.match(output, /verdict=accepted/);
  assert.match(log, /The label schema-break-accepted accepts/);
});

test("a document that cannot be read fails at once and reports why, without a comment", async () => {
  const { code, requests, log } = await run({ status: 2 });
  assert.equal(code, 2);
  assert.deepEqual(requests, []);
  assert.match(log, /no CSDL/);
  assert.doesNotMatch(log, /^::warning::x/m);
});

test("a fork's token may not comment: the summary holds the report", async () => {
  const denied = { status: 403, body: '{"message":"Resource not accessible by integration"}' };
  const { code, log, summary } = await run({ event: "fork", answers: [null, denied] });
  assert.equal(code, 0, log);
  assert.match(log, /could not be written \(403\)/);
  assert.equal(summary, body);
});

test("an overloaded GitHub is asked again", async () => {
  const { code, requests } = await run({ answers: [{ status: 502 }, null, { status: 403, body: "secondary rate limit" }] });
  assert.equal(code, 0);
  assert.deepEqual(requests.map((one) => one.method), ["GET", "GET", "POST", "POST"]);
});

test("a push has no pull request, so there is no comment", async () => {
  const { code, requests, log } = await run({ event: "push", environment: { DIFF_BASE: "HEAD~1" } });
  assert.equal(code, 0, log);
  assert.deepEqual(requests, []);
});

test("a schema that the base does not have is new", async () => {
  const { code, output, log } = await run({ environment: { DIFF_OLD_SCHEMA: "other.csdl" } });
  assert.equal(code, 0);
  assert.match(output, /verdict=new/);
  assert.match(log, /new schema/);
});

test("without a base the action reports what to set", async () => {
  const { code, log } = await run({ event: "push" });
  assert.equal(code, 2);
  assert.match(log, /set the input `base`/);
});

test("action.yml puts every input of the script into the environment, and none into it", () => {
  const text = readFileSync(join(here, "..", "..", "action.yml"), "utf8");
  const script = readFileSync(join(here, "..", "diff.mjs"), "utf8");
  const wanted = new Set([...script.matchAll(/input\("([A-Z_]+)"\)/g)].map((one) => one[1]));
  for (const name of wanted) assert.match(text, new RegExp(`DIFF_${name}: \\$\\{\\{ inputs\\.`), name);
  for (const line of text.split("\n").filter((one) => /^\s+run:/.test(one))) assert.doesNotMatch(line, /\$\{\{/);
});
