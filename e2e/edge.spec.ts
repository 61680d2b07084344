import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PORTALS, type Portal } from "@mgs/core/portals";
import { z } from "zod";
import { ROOT } from "../tooling/src/paths";
import { send } from "./bad-input/call";
import { dataDir, portOf, urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

/** Input that reaches a process before any page or route: request lines, hosts, upgrades, calls of server actions. */

/** Sends bytes and returns the answer until the server closes the connection. */
async function exchangeBytes(port: number, sent: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.setTimeout(120_000, () => socket.destroy(new Error("the connection stays open")));
  socket.write(sent);
  return text(socket);
}

const requestOf = (line: string, ...headers: string[]): string =>
  `${[`${line} HTTP/1.1`, ...headers].join("\r\n")}\r\n\r\n`;

test("no request line, host or upgrade causes a 500, a redirect to another host or a connection that stays open", async () => {
  const listeners = [...PORTALS, "worker"];
  // Some requests wait half a minute for the server to close the connection, so all run at once.
  const listening = listeners.map(async (name) => {
    const port = portOf(name);
    const host = `Host: 127.0.0.1:${port}`;
    const close = "Connection: close";
    const upgrade = [
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: eA==",
    ];
    const cases: [string, number][] = [
      [requestOf("OPTIONS *", host, close), 204],
      [requestOf("GET *", host, close), 400],
      [requestOf("GET http://evil.example/dashboard", host, close), 400],
      [requestOf("GET http://evil.example/notifications/", host, close), 400],
      [requestOf(`GET http://127.0.0.1:${port}/health/live`, host, close), 200],
      [requestOf("GET /health/live", host, "Host: evil.example", close), 400],
      [requestOf("GET /dashboard", "Host: [", close), 400],
      [requestOf("GET /_next/webpack-hmr?id=x", host, ...upgrade), 400],
      [requestOf("GET /dashboard", host, ...upgrade), 400],
      [requestOf("CONNECT evil.example:443", "Host: evil.example:443"), 405],
      ["GET / HTTP/1.1\r\nHost: a.test\r\n", 408],
      ["", 408],
    ];
    const answers = await Promise.all(cases.map(async ([sent]) => (await exchangeBytes(port, sent)).split("\r\n")[0]));
    const expected = cases.map(([sent, status]) => [sent, String(status)]);
    expect(cases.map(([sent], at) => [sent, answers[at]?.split(" ")[1]])).toEqual(expected);
  });
  await Promise.all(listening);
});

const manifest = z.object({ node: z.record(z.string(), z.unknown()) });

function actionIds(portal: Portal): string[] {
  const path = join(ROOT, "apps", portal, ".next/server/server-reference-manifest.json");
  return Object.keys(manifest.parse(JSON.parse(readFileSync(path, "utf8"))).node);
}

/** Reads the lines of a portal's log. */
const logOf = (portal: Portal): string[] =>
  readFileSync(join(dataDir(), "logs", `${portal}.log`), "utf8")
    .split("\n")
    .filter(Boolean);

const TEXT = "text/plain;charset=UTF-8";
const FORM = "multipart/form-data; boundary=x";

test("server actions refuse other origins and malformed calls with a 4xx and one log line", async ({ signedIn }) => {
  const context = await signedIn(ADMIN);
  for (const portal of PORTALS) {
    const origin = urlOf(portal);
    await context.request.get(`${origin}/dashboard`);
    const jar = (await context.cookies(origin)).map(({ name, value }) => `${name}=${value}`).join("; ");
    const ids = actionIds(portal);
    expect(ids.length, portal).toBeGreaterThan(0);
    const [id = ""] = ids;
    const action = { "next-action": id, origin, "content-type": TEXT, cookie: jar };
    const evil = { origin: "https://evil.example", "x-forwarded-host": "evil.example" };
    const refused: [Record<string, string>, string, number][] = [
      [{ ...action, ...evil }, "[]", 403],
      [{ ...action, origin: "null" }, "[]", 403],
      [{ ...action, "next-action": "x" }, "[]", 404],
      [{ ...action, "next-action": "constructor" }, "[]", 404],
      [action, "", 400],
      [action, "{", 400],
      [action, '["$1"]', 400],
      [action, '["$F1"]', 400],
      [{ ...action, "content-type": FORM }, "--x\r\ngarbage", 415],
      [{ ...action, "content-type": "application/json" }, "[]", 415],
      [{ ...action, "content-encoding": "gzip" }, "[]", 415],
      [
        { origin, cookie: jar, "content-type": FORM },
        `--x\r\ncontent-disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--x--`,
        405,
      ],
    ];
    const refusals = () => logOf(portal).filter((line) => line.includes('"action refused"')).length;
    const before = refusals();
    for (const [headers, body, status] of refused) {
      const answer = await send(origin, { method: "POST", path: "/notifications/send", headers, body });
      expect([answer.status, answer.json], `${portal} ${body} ${JSON.stringify(headers)}`).toMatchObject([
        status,
        { success: false },
      ]);
    }
    await expect.poll(refusals).toBe(before + refused.length);
    const from = logOf(portal).length;
    const called: [Record<string, string>, string][] = [
      // An action id of an earlier build.
      [{ ...action, "next-action": "7f".padEnd(42, "0") }, "[]"],
      ...ids.flatMap((known): [Record<string, string>, string][] =>
        ["[null]", '[{"a":[1]}]', '[["x"],7]', "[-1,{}]", '["$NaN"]', '["\\u0000",{"toString":1}]'].map((body) => [
          { ...action, "x-forwarded-host": "evil.example", "next-action": known },
          body,
        ]),
      ),
    ];
    for (const [headers, body] of called) {
      const answer = await send(origin, { method: "POST", path: "/notifications/send", headers, body });
      expect.soft(answer.status, `${portal} ${headers["next-action"]} ${body}`).toBeLessThan(500);
    }
    for (const line of logOf(portal).slice(from)) expect(() => JSON.parse(line), line).not.toThrow();
  }
});

test("addresses of NextAuth's built-in pages redirect to our own pages", async ({ browserOf }) => {
  const { request } = await browserOf();
  for (const portal of PORTALS) {
    for (const [path, page] of [
      ["/api/auth/error?error=OAuthCallback", /\/login\/erreur\?error=OAuthCallback$/],
      ["/api/auth/verify-request", /\/login\/erreur$/],
      ["/api/auth/callback/elsewhere?code=abc", /\/login\/erreur\?/],
      ["/api/auth/signout", /\/logout$/],
      ["/api/auth/signin", SIGN_IN_PAGE],
      ["/api/auth/signin/mgs", SIGN_IN_PAGE],
    ] as const) {
      const answer = await request.get(`${urlOf(portal)}${path}`);
      expect([answer.status(), answer.url()], path).toEqual([200, expect.stringMatching(page)]);
      expect(answer.headers()["content-type"], path).toContain("text/html");
    }
  }
});

test("a failed sign-in callback explains the error and links to a new sign-in; the back button leads to the portal", async ({
  browserOf,
}) => {
  for (const [portal, callback] of [
    ["commercial", "/api/auth/callback/mgs"],
    ["gestion-dossier", "/api/auth/callback/mgs"],
    ["administration", "/login/retour"],
  ] as const) {
    const page = await (await browserOf()).newPage();
    await page.goto(`${urlOf(portal)}${callback}?error=access_denied&state=/profil`);
    await expect(page).toHaveURL(new RegExp(`^${urlOf(portal)}/login/erreur\\?error=access_denied`));
    await expect(page.getByText("L’accès a été refusé.")).toBeVisible();
    await page.getByRole("link", { name: "Se connecter" }).click();
    await expect(page).toHaveURL(SIGN_IN_PAGE);
    await fillSignIn(page, ADMIN.email);
    await expect(page).toHaveURL(new RegExp(`^${urlOf(portal)}/(?:dashboard|profil)$`));
    await page.goto(`${urlOf(portal)}/login/erreur?error=access_denied&returnTo=/notifications`);
    await expect(page).toHaveURL(`${urlOf(portal)}/notifications`);
    await page.goto(`${urlOf(portal)}${callback}?error=access_denied&state=nonsense`);
    await expect(page).toHaveURL(`${urlOf(portal)}/dashboard`);
  }
});
