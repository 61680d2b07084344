import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, get, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PagePolicySettings } from "./answer-headers";
import { createPageCache } from "./page-cache";

const policy: PagePolicySettings = {
  pusher: { key: "k", cluster: "eu", host: "localhost", port: 6001, tls: false },
  formAction: () => ["https:"],
  origin: "http://portal.test",
  development: false,
};

let server: Server;
let origin: string;
/** Headers that the framework has received. */
let rendered: IncomingHttpHeaders[] = [];
/** Further text of the rendered page. */
let more: () => string = () => "";
let answer = { status: 200, headers: {} as Record<string, string> };
let pages = createPageCache();

beforeAll(async () => {
  server = createServer((req, res) => {
    const id = (req.url ?? "").slice(1);
    const framework = () => {
      rendered.push(req.headers);
      const nonce = randomBytes(16).toString("base64");
      const now = `\\"now\\":${Date.now()}`;
      res.statusCode = answer.status;
      const headers = {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "private, no-store",
        link: `</a.css>; rel=preload; nonce="${nonce}"`,
        "content-security-policy": `script-src 'nonce-${nonce}'`,
        ...answer.headers,
      };
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      res.write(
        `${answer.headers["x-other"] ? "<p>" : `<form action="/${id}/login">`}é${more()}</form><script nonce="${nonce}">`,
      );
      res.end(`push("${now}, \\"${nonce}\\", \\"${id}\\"")</script>${"x".repeat(2_000)}`);
    };
    const headers = { host: "portal.test", cookie: "mgs.locale=fr" };
    void pages(req, res, framework, { key: "fr", id, requiredText: `/${id}/login`, pathname: "/", headers, policy });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  rendered = [];
  more = () => "";
  answer = { status: 200, headers: {} };
  pages = createPageCache();
});

const ask = (id: string) => fetch(`${origin}/${id}`, { headers: { cookie: "secret=1", "user-agent": "a phone" } });

test("serves a page from the cache after two equal renderings, with a new nonce, id and time", async () => {
  const before = Date.now();
  const nonces = new Set<string>();
  for (const id of ["visitor-number-1", "visitor-number-2", "visitor-number-3", "visitor-number-4"]) {
    const response = await ask(id);
    const html = await response.text();
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "";
    const [, now] = /now\\":(\d+)/.exec(html) ?? [];
    nonces.add(nonce);
    expect(html).toBe(
      `<form action="/${id}/login">é</form><script nonce="${nonce}">push("\\"now\\":${now}, \\"${nonce}\\", \\"${id}\\"")</script>${"x".repeat(2_000)}`,
    );
    expect(Number(now)).toBeGreaterThanOrEqual(before);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("link")).toBe(`</a.css>; rel=preload; nonce="${nonce}"`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  }
  expect(rendered).toHaveLength(2);
  expect(nonces.size).toBe(4);
});

test("the framework sees only the headers in the page's key", async () => {
  await ask("visitor-number-1");
  expect(rendered).toEqual([{ host: "portal.test", cookie: "mgs.locale=fr" }]);
});

test("a forged Host does not change the cached page", async () => {
  more = () => rendered.at(-1)?.host ?? "";
  const { port } = new URL(origin);
  for (const id of ["visitor-number-1", "visitor-number-2"]) {
    const request = get({ port, path: `/${id}`, headers: { host: "evil.example" } });
    const [response] = await once(request, "response");
    await once(response.resume(), "end");
  }
  expect(await (await ask("visitor-number-3")).text()).not.toContain("evil.example");
});

test("a cached page has our Content-Security-Policy and is compressed", async () => {
  for (let visit = 0; visit < 3; visit++) await (await ask(`visitor-number-${visit}`)).text();
  const response = await ask("visitor-number-3");
  expect(rendered).toHaveLength(2);
  expect(response.headers.get("content-security-policy")).toContain("form-action 'self' https:");
  expect(response.headers.get("x-frame-options")).toBe("DENY");
  expect(response.headers.get("content-encoding")).toBe("gzip");
});

test("does not cache a page whose text differs between renderings", async () => {
  let visit = 0;
  more = () => `hello ${visit++}`;
  for (let asked = 0; asked < 4; asked++) expect(await (await ask("visitor")).text()).toContain(`hello ${asked}`);
  expect(rendered).toHaveLength(4);
});

test.each([
  ["an error", 500, {}],
  ["an answer with a cookie", 200, { "set-cookie": "a=1" }],
  ["another page", 200, { "x-other": "yes" }],
  ["data", 200, { "content-type": "application/json" }],
  ["another encoding", 200, { "content-encoding": "identity" }],
])("%s is never cached", async (_name, status, headers) => {
  answer = { status, headers };
  for (let asked = 0; asked < 4; asked++) await (await ask("visitor")).text();
  expect(rendered).toHaveLength(4);
});
