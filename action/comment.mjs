// One comment on a pull request, found again by the marker in its first line.

const TRIES = 4;

// The answers of GitHub when it is busy or overloaded.
function isPassing(response, body) {
  return response.status >= 500 || response.status === 429
    || (response.status === 403 && /secondary rate limit/i.test(body));
}

async function call({ api, token }, method, path, value) {
  for (let tried = 1; ; tried += 1) {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "schemacrate-diff",
        ...(value ? { "content-type": "application/json" } : {}),
      },
      body: value ? JSON.stringify(value) : undefined,
    });
    const body = await response.text();
    if (response.ok) return { status: response.status, value: body ? JSON.parse(body) : null };
    if (!isPassing(response, body) || tried === TRIES) return { status: response.status, body };
    const wait = Number(response.headers.get("retry-after") ?? tried);
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 30) * 1000));
  }
}

// Anybody can write a comment with our marker, and only a bot's can be ours.
function isOurs(comment, marker) {
  return comment.user?.type === "Bot" && comment.body?.split(/\r?\n/, 1)[0] === marker;
}

async function find(client, path, marker) {
  for (let page = 1; ; page += 1) {
    const answer = await call(client, "GET", `${path}?per_page=100&page=${page}`);
    if (!Array.isArray(answer.value)) return { denied: answer.status };
    const found = answer.value.find((one) => isOurs(one, marker));
    if (found || answer.value.length < 100) return { found };
  }
}

// Creates or updates the comment; an unchanged one is left alone. Returns the address of the comment, or
// nothing if the token may not comment, such as that of a fork: the summary of the job holds the report.
export async function publish({ api, repository, token, number, comment, say }) {
  const client = { api, token };
  const marker = comment.split("\n", 1)[0];
  const comments = `/repos/${repository}/issues/${number}/comments`;
  const { found, denied } = await find(client, comments, marker);
  if (found && found.body.replace(/\r\n/g, "\n").trim() === comment.trim()) return found.html_url;
  let answer = { status: denied };
  if (!denied) {
    answer = found
      ? await call(client, "PATCH", `/repos/${repository}/issues/comments/${found.id}`, { body: comment })
      : await call(client, "POST", comments, { body: comment });
  }
  if (answer.value) return answer.value.html_url;
  say(`The comment could not be written (${answer.status}); the summary of the job holds the report.`);
  return null;
}
