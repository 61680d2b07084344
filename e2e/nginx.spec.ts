import { fileURLToPath } from "node:url";
import type { BrowserContext } from "@playwright/test";
import { Client as Postgres } from "pg";
import { type BehindNginx, startBehindNginx } from "./support/behind-nginx";
import { expectCount, openLive, toasts } from "./support/inbox";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

const dump = (name: string) =>
  fileURLToPath(new URL(`../packages/identity/src/commands/testing/${name}`, import.meta.url));
/** A person of that dump, with the password of the hash in it. */
const BEMA = { id: 7, email: "bema@mgs.mg", password: "password" };

test.describe.configure({ mode: "serial" });

let product: BehindNginx;
let context: BrowserContext;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  product = await startBehindNginx();
  await product.mgs(
    "user:import",
    dump("laravel-users.csv"),
    "--map-role",
    "admin=administrateur",
    "--map-role",
    "vendeur=commercial",
    "--default-role",
    "comptable",
  );
  await product.mgs("client:import", dump("laravel-oauth-clients.csv"), "--machine-scope", "notifications:send");
  context = await browser.newContext({
    ignoreHTTPSErrors: true,
    // The visitor forges their address.
    extraHTTPHeaders: { "x-forwarded-for": "203.0.113.9" },
  });
});
test.afterAll(async () => {
  await context?.close();
  await product?.stop();
});

async function rows<T extends object>(sql: string): Promise<T[]> {
  const client = new Postgres({ connectionString: product.databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Gets a token of a program of the imported system, with its old id and secret. */
async function token(): Promise<string> {
  const answer = await context.request.post(`${product.urls.administration}/oauth/token`, {
    form: {
      grant_type: "client_credentials",
      client_id: "5",
      client_secret: "passport-secret-of-forty-characters-0005",
    },
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

test("a person of the imported system signs in over TLS and opens another portal; the session has the visitor's IP address", async () => {
  const { urls } = product;
  const page = await context.newPage();
  const arrived = await page.goto(`${urls.commercial}/dashboard`);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  expect(new URL(page.url()).origin).toBe(urls.administration);
  expect((await arrived?.allHeaders())?.["strict-transport-security"]).toMatch(/^max-age=31536000/);
  await fillSignIn(page, BEMA.email, "wrong");
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await fillSignIn(page, BEMA.email, BEMA.password);
  await expect(page).toHaveURL(`${urls.commercial}/dashboard`);
  await page.goto(`${urls["gestion-dossier"]}/dashboard`);
  await expect(page).toHaveURL(`${urls["gestion-dossier"]}/dashboard`);

  const cookies = await context.cookies();
  expect(cookies.length).toBeGreaterThan(0);
  expect(cookies.filter(({ secure }) => !secure).map(({ name }) => name)).toEqual([]);
  expect(await rows("SELECT user_id, ip FROM user_sessions")).toEqual([{ user_id: BEMA.id, ip: "127.0.0.1" }]);
  const refused = "SELECT ip FROM audit_events WHERE action = 'sign-in.refused'";
  expect(await rows(refused)).toEqual([{ ip: "127.0.0.1" }]);
  await page.close();
});

test("a notification arrives over wss at once", async () => {
  const { urls } = product;
  const page = await context.newPage();
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await openLive(page, `${urls["gestion-dossier"]}/profil`);
  const titre = "À travers nginx";
  const sent = await context.request.post(`${urls.administration}/api/notifications/send`, {
    headers: { authorization: `Bearer ${await token()}` },
    data: { user_id: BEMA.id, type: "essai", titre, message: "Un essai." },
  });
  expect(sent.status(), await sent.text()).toBe(201);
  await expect(toasts(page, titre)).toHaveCount(1);
  await expectCount(page, 1);
  expect(sockets.map((url) => new URL(url).origin)).toEqual([urls.ws.replace("https:", "wss:")]);
  await page.close();
});

test("every cookie that an answer sets or removes over TLS is Secure; those of a sign-in are HttpOnly, SameSite and this host's alone", async ({
  browser,
}) => {
  const { urls } = product;
  const visitor = await browser.newContext({ ignoreHTTPSErrors: true });
  const set: string[] = [];
  const seen: Promise<void>[] = [];
  visitor.on("response", (response) => {
    const read = response.headersArray().then((headers) => {
      set.push(...headers.flatMap(({ name, value }) => (/^set-cookie$/i.test(name) ? value.split("\n") : [])));
    });
    // Answers to a page that was left cannot be read any more, and set no cookie.
    seen.push(read.catch(() => undefined));
  });
  const page = await visitor.newPage();
  await page.goto(`${urls.commercial}/dashboard`);
  await fillSignIn(page, BEMA.email, BEMA.password);
  await expect(page).toHaveURL(`${urls.commercial}/dashboard`);
  const saved = await page.evaluate(async () => {
    const init = { method: "PATCH", headers: { "content-type": "application/json" } };
    return (await fetch("/api/me", { ...init, body: JSON.stringify({ theme: "dark" }) })).status;
  });
  expect(saved).toBe(200);
  for (const portal of ["gestion-dossier", "administration"] as const) {
    await page.goto(`${urls[portal]}/dashboard`);
    await expect(page).toHaveURL(`${urls[portal]}/dashboard`);
  }
  for (const portal of ["gestion-dossier", "administration"] as const) {
    await page.goto(`${urls[portal]}/logout`);
    await page.locator('button[type="submit"]').click();
    await expect(page).toHaveURL(/\/logout\/termine$/);
  }
  await Promise.all(seen);
  const names = new Set(set.map((cookie) => cookie.split("=")[0] ?? ""));
  const ours = ["sso", "gestion-dossier.session", "commercial.browser"].map((name) => `__Host-mgs.${name}`);
  expect([...names]).toEqual(expect.arrayContaining([...ours, "mgs.locale", "mgs.theme"]));
  // A sibling subdomain cannot set the cookies that identify a person.
  expect([...names].filter((name) => /^mgs\.(sso|.+\.(session|browser)|began\..+)$/.test(name))).toEqual([]);
  expect(set.filter((cookie) => !/;\s*secure/i.test(cookie))).toEqual([]);
  const identifying = set.filter((cookie) => /^(__Host-)?mgs\.(sso|device|began|.+\.(session|browser))/.test(cookie));
  expect(identifying.length).toBeGreaterThan(ours.length);
  for (const flag of [/;\s*httponly/i, /;\s*samesite=lax/i, /;\s*path=\//i])
    expect(
      identifying.filter((cookie) => !flag.test(cookie)),
      String(flag),
    ).toEqual([]);
  expect(identifying.filter((cookie) => /;\s*domain=/i.test(cookie))).toEqual([]);
  await visitor.close();
});

test("an imported Passport client with a hashed secret authenticates with its old secret", async () => {
  const ask = async (secret: string) => {
    const answer = await context.request.post(`${product.urls.administration}/oauth/introspect`, {
      headers: { authorization: `Basic ${Buffer.from(`9b1f:${secret}`).toString("base64")}` },
      form: { token: "none" },
    });
    return answer.status();
  };
  expect(await ask("passport-secret-of-forty-characters-0009")).toBe(401);
  expect(await ask("passport-secret-of-forty-characters-0002")).toBe(200);
  expect(await ask("passport-secret-of-forty-characters-0002")).toBe(200);
});

test("long cookies pass nginx; a body over 64 KiB gets our own 413; internal addresses are not reachable", async () => {
  const { urls } = product;
  const long = await context.request.get(`${urls.commercial}/api/notifications/unread-count`, {
    headers: { cookie: `${await cookieHeader(urls.commercial)}; long=${"x".repeat(10 * 1024)}` },
  });
  expect(long.status(), await long.text()).toBe(200);
  const large = await context.request.post(`${urls.administration}/api/notifications/send`, {
    headers: { authorization: `Bearer ${await token()}` },
    data: { user_id: BEMA.id, type: "essai", titre: "t", message: "x".repeat(80 * 1024) },
  });
  expect(large.status()).toBe(413);
  expect(await large.json()).toMatchObject({ success: false, error: { code: "PAYLOAD_TOO_LARGE" } });
  for (const url of [`${urls.administration}/metrics`, `${urls.ws}/apps/mgs/channels`, `${urls.ws}/health/ready`]) {
    expect((await context.request.get(url)).status(), url).toBe(404);
  }
});

async function cookieHeader(origin: string): Promise<string> {
  return (await context.cookies(origin)).map(({ name, value }) => `${name}=${value}`).join("; ");
}
