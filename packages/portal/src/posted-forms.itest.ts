import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { type AccountLinkPurpose, accountLinkToken, hashLinkToken } from "@mgs/identity/account-links/account-link";
import { accountLinkFormPath, accountLinkPath, passwordChosenPath } from "@mgs/identity/account-links/links";
import { NO_PASSWORD } from "@mgs/identity/no-password";
import { hashPassword } from "@mgs/identity/password";
import { findLogoutSecret, findSsoSession } from "@mgs/oidc/sso-session";
import { TestBrowser } from "@mgs/oidc/testing/browser";
import { insertTestClient, REDIRECT_URI, startProvider, type TestProvider } from "@mgs/oidc/testing/provider-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAdministration } from "./testing/administration-server";
import { bodyOf, type OpenForm, openForgotten, openPeopleFile } from "./testing/posted-form";
import { createFactorForms } from "./testing/second-factor-forms";

/** Posts every form of a browser to the routes and the provider: twice, late, with a lost answer, and with invalid fields. */

const PASSWORD = "a password of the test";
const AFTER = "http://localhost:9999/";
const NAVIGATION = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

let db: TestDatabase;
let op: TestProvider;
let house: Awaited<ReturnType<typeof startAdministration>>;
let origin: string;
let passwordHash: string;

beforeAll(async () => {
  db = await createTestDatabase();
  passwordHash = await hashPassword(PASSWORD);
  const user = { name: "U", passwordHash, role: "direction" };
  await db.database.user.create({ data: { ...user, id: 1, email: "u@mgs.mg" } });
  await db.database.user.create({ data: { ...user, id: 2, email: "v@mgs.mg" } });
  await db.database.user.create({ data: { ...user, id: 3, email: "a@mgs.mg", role: "administrateur" } });
  await db.database.roleRequirement.create({ data: { role: "gestionnaire", secondFactorRequired: true } });
  await insertTestClient(db.database, "portal");
  await insertTestClient(db.database, "third", { firstParty: false, scopes: ["openid"] });
  op = await startProvider(db.database);
  house = await startAdministration(db.database, op);
  origin = house.origin;
});
afterAll(async () => {
  await op?.close();
  house?.close();
  await db?.drop();
});

/** Follows redirects until they lead to a client or to a page. */
async function visit(browser: TestBrowser, start: string, init: RequestInit = {}) {
  let response = await browser.request(start, { ...init, headers: { ...NAVIGATION, ...init.headers } });
  let url = start;
  for (let hops = 0; hops < 12; hops++) {
    const location = response.headers.get("location");
    if (location === null) return { url, type: response.headers.get("content-type"), text: await response.text() };
    url = new URL(location, new URL(url).origin === origin ? origin : url).href;
    if (url.startsWith("http://localhost:9999")) return { url, type: null, text: "" };
    // Administration hosts the provider, so its pages are administration's.
    const { pathname, search } = new URL(url);
    if (/^\/oauth\//.test(pathname)) url = `${op.issuer}${pathname}${search}`;
    else url = `${origin}${pathname}${search}`;
    response = await browser.request(url, { headers: NAVIGATION });
  }
  throw new Error(`${start} goes round for ever`);
}

const post = (form: OpenForm, from = origin) =>
  visit(form.browser, form.action, { method: "POST", headers: { origin: from }, body: bodyOf(form) });

async function openAuthorization(browser: TestBrowser, clientId: string, state: string) {
  const query = new URLSearchParams({
    ...{ client_id: clientId, response_type: "code", scope: "openid", redirect_uri: REDIRECT_URI, state },
    ...{ code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" },
  });
  return (await visit(browser, `${op.issuer}/oauth/authorize?${query}`)).url;
}

async function openSignIn(clientId = "portal", email = "u@mgs.mg"): Promise<OpenForm> {
  const browser = new TestBrowser();
  const action = `${await openAuthorization(browser, clientId, "the-page")}/login`;
  const isEnd = (url: string) => url.startsWith(`${REDIRECT_URI}?code=`) && url.includes("state=the-page");
  return { browser, action, fields: { email, password: PASSWORD }, isEnd };
}

const factorForms = () =>
  createFactorForms({ database: db.database, sealer: op.sealer, passwordHash, openSignIn, post });

async function openConsent(decision: "accept" | "refuse"): Promise<OpenForm> {
  // What a person allowed before is not asked again.
  await db.database.consent.deleteMany();
  const form = await openSignIn("third");
  const { url } = await post(form);
  const isEnd = (at: string) =>
    at.startsWith(`${REDIRECT_URI}?${decision === "accept" ? "code=" : "error=access_denied"}`);
  return { browser: form.browser, action: `${url}/consent`, fields: { decision }, isEnd };
}

async function signedIn(): Promise<TestBrowser> {
  const form = await openSignIn();
  expect(form.isEnd((await post(form)).url)).toBe(true);
  return form.browser;
}

async function openLogout(): Promise<OpenForm> {
  const isEnd = (url: string) => url === `${origin}/logout/termine`;
  return { browser: await signedIn(), action: `${origin}/logout`, fields: {}, isEnd };
}

async function openImpersonationEnd(): Promise<OpenForm> {
  const browser = await signedIn();
  const signIn = await findSsoSession({ database: db.database, sealer: op.sealer }, browser.cookie("mgs.sso"));
  const row = { administratorId: 1, userId: 2, userSessionId: signIn?.id ?? "", reason: "help", id: uuidv7() };
  await db.database.impersonation.create({ data: { ...row, expiresAt: new Date(Date.now() + 60_000) } });
  const isEnd = (url: string) => url === `${origin}/console/personnes/2`;
  return { browser, action: `${origin}/api/impersonation/end`, fields: {}, isEnd };
}

async function openClientLogout(answer: Record<string, string>): Promise<OpenForm> {
  const browser = await signedIn();
  const query = new URLSearchParams({ client_id: "portal", post_logout_redirect_uri: AFTER, state: "end" });
  await visit(browser, `${op.issuer}/oauth/logout?${query}`);
  const xsrf = await findLogoutSecret({ database: db.database, sealer: op.sealer }, browser.cookie("mgs.sso"));
  const isEnd = (url: string) => url === `${AFTER}?state=end`;
  return { browser, action: `${op.issuer}/oauth/logout/confirm`, fields: { xsrf: xsrf ?? "", ...answer }, isEnd };
}

let invited = 0;
async function openAccountLink(purpose: AccountLinkPurpose): Promise<OpenForm> {
  const [email, id] = [`invited-${++invited}@mgs.mg`, uuidv7()];
  const user = await db.database.user.create({
    data: { id: 100 + invited, email, name: "U", passwordHash: NO_PASSWORD, role: "direction" },
  });
  const token = accountLinkToken(op.sealer, id);
  const expiresAt = new Date(Date.now() + 60_000);
  await db.database.accountLink.create({
    data: { id, userId: user.id, purpose, email, tokenHash: hashLinkToken(token), expiresAt },
  });
  return {
    browser: new TestBrowser(),
    action: `${origin}${accountLinkFormPath(purpose)}`,
    fields: { token, password: PASSWORD },
    isEnd: (url) =>
      purpose === "not-me"
        ? url.startsWith(`${origin}${accountLinkPath("password-reset", { jeton: "" })}`)
        : url === `${origin}${passwordChosenPath("commercial")}`,
  };
}

const FORMS: [name: string, open: () => Promise<OpenForm>][] = [
  ["the sign-in form", openSignIn],
  ["a code of the second factor", () => factorForms().openCode("code")],
  ["a recovery code", () => factorForms().openCode("recovery")],
  ["the first code of an authenticator app", () => factorForms().openEnrolment()],
  ["recovery codes that are kept", () => factorForms().openRecoveryCodes()],
  ["a consent that is given", () => openConsent("accept")],
  ["a consent that is refused", () => openConsent("refuse")],
  ["a portal's logout", openLogout],
  ["the end of what is done in somebody's name", openImpersonationEnd],
  ["a client's logout, yes", () => openClientLogout({ logout: "yes" })],
  ["a client's logout, no", () => openClientLogout({})],
  ["an invitation's password", () => openAccountLink("invitation")],
  ["a forgotten password's link", () => openAccountLink("password-reset")],
  ["a forgotten password", () => openForgotten(origin, ++invited)],
  ["it was not me", () => openAccountLink("not-me")],
  ["a file of people", () => openPeopleFile(origin)],
];

describe.each(FORMS)("%s", (_name, open) => {
  it.each([0, 40, 150])(
    "sent twice, %i ms apart, and once more from an old page, ends where it leads",
    async (pause) => {
      const form = await open();
      const first = post(form);
      // The pause between the clicks of a double click is the test's parameter; it waits for no event.
      await new Promise((resolve) => setTimeout(resolve, pause));
      for (const { url } of await Promise.all([first, post(form)])) expect(form.isEnd(url), url).toBe(true);
      const late = await post(form);
      expect(form.isEnd(late.url), late.url).toBe(true);
    },
  );

  it("can be posted again when its answer was lost", async () => {
    const form = await open();
    const cookies = Object.entries(form.browser.cookies(new URL(form.action).pathname));
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join("; ");
    // The browser receives neither this answer nor its cookies.
    await fetch(form.action, {
      ...{ method: "POST", redirect: "manual", body: bodyOf(form) },
      headers: { ...NAVIGATION, cookie, origin },
    });
    const again = await post(form);
    expect(form.isEnd(again.url), again.url).toBe(true);
  });

  it("redirects an error to a page, and a GET of its address to its page", async () => {
    const form = await open();
    const json = { method: "POST", headers: { origin, "content-type": "application/json" }, body: "{}" };
    const answers = [
      await visit(form.browser, form.action, form.action.endsWith("/logout") ? {} : json),
      await visit(form.browser, form.action),
      ...(form.action.startsWith(origin) ? [await post(form, "https://evil.example")] : []),
    ];
    for (const { url, type, text } of answers) expect([type, text], url).toEqual(["text/html", "<h1>page</h1>"]);
    const ended = await post(form);
    expect(form.isEnd(ended.url), ended.url).toBe(true);
  });
});

it("a password that has to be changed signs nobody in: it leads to the page for another one, and back to the sign-in", async () => {
  const [email, id] = ["must-change@mgs.mg", 99];
  const passwordHash = await hashPassword(PASSWORD);
  await db.database.user.create({
    data: { id, email, name: "U", role: "direction", passwordHash, passwordMustChange: true },
  });
  const form = await openSignIn();
  const { url } = await post({ ...form, fields: { email, password: PASSWORD } });
  const page = new URL(url);
  expect(page.pathname).toBe(accountLinkPath("password-reset"));
  expect(await db.database.userSession.count({ where: { userId: id } })).toBe(0);
  const token = page.searchParams.get("jeton") ?? "";
  const suite = page.searchParams.get("suite") ?? "";
  const choose = (password: string) =>
    post({ ...form, action: `${origin}${accountLinkFormPath("password-reset")}`, fields: { token, suite, password } });
  expect(new URL((await choose(PASSWORD)).url).searchParams.get("motif")).toBe("PASSWORD_SAME");
  const chosen = await choose("quatre lampes bleues");
  expect(chosen.url).toBe(`${origin}${passwordChosenPath("commercial", suite)}`);
  expect(`${origin}${suite}/login`).toBe(form.action);
  const entered = await post({ ...form, fields: { email, password: "quatre lampes bleues" } });
  expect(form.isEnd(entered.url), entered.url).toBe(true);
});
