import * as client from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acceptConsent, refuseConsent } from "./consent";
import { MAX_BOUND_INTERACTIONS } from "./cookies";
import { findInteractionFallback, viewInteraction } from "./interaction";
import { finishLogin, openLogin } from "./login";
import { findSsoSession } from "./sso-session";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, REDIRECT_URI } from "./testing/provider-server";
import { buildAuthorization, createProviderStage, discoverClient, type ProviderStage } from "./testing/relying-party";

/** What a browser sends may come twice, its answer may be lost, and its page may be old. */

let stage: ProviderStage;
let db: ProviderStage["db"];
let op: ProviderStage["op"];
const config: Record<string, client.Configuration> = {};

beforeAll(async () => {
  stage = await createProviderStage();
  ({ db, op } = stage);
  await insertTestClient(db.database, "portal");
  await insertTestClient(db.database, "third", { firstParty: false, scopes: ["openid", "profile"] });
  for (const id of ["portal", "third"]) config[id] = await discoverClient(op, id);
});
afterAll(() => stage?.close());
beforeEach(() => db.database.userSession.deleteMany());

const consentDeps = () => ({ database: db.database, provider: op.provider });

const configOf = (id: string): client.Configuration => config[id] as client.Configuration;

/** A browser of its own, with the page that its first request led to. */
async function begin(clientId: "portal" | "third", browser = new TestBrowser(), more: Record<string, string> = {}) {
  const { url, checks } = await buildAuthorization(configOf(clientId), { scope: "openid profile", ...more });
  const location = (await browser.request(url)).headers.get("location") ?? "";
  return { browser, checks, location, uid: location.split("/").pop() ?? "" };
}
type Begun = Awaited<ReturnType<typeof begin>>;

const inputOf = ({ browser, uid, location }: Pick<Begun, "browser" | "uid" | "location">) => ({
  uid,
  cookies: browser.cookies(new URL(location, op.issuer).pathname),
});

/** Posts the sign-in form. */
async function login(begun: Begun, userId = 1): Promise<string> {
  const open = await openLogin({ database: db.database, provider: op.provider }, inputOf(begun));
  return finishLogin(db.database, open, { userId, userAgent: "test", ip: "127.0.0.1" });
}

const go = async (browser: TestBrowser, location: string): Promise<string> =>
  (await browser.request(new URL(location, op.issuer).href)).headers.get("location") ?? "";

const ssoOf = (browser: TestBrowser) =>
  findSsoSession({ database: db.database, sealer: op.sealer }, browser.cookie("mgs.sso"));

/** Follows to the client, past no page that a person would have to answer. */
async function arrive(browser: TestBrowser, first: string): Promise<string> {
  let location = await go(browser, first);
  for (let hops = 0; location.startsWith("/oauth/authorize") && hops < 3; hops++)
    location = await go(browser, location);
  return location;
}

async function expectTokens({ checks }: Begun, clientId: string, location: string): Promise<void> {
  expect(location).toContain(`${REDIRECT_URI}?code=`);
  const tokens = await client.authorizationCodeGrant(configOf(clientId), new URL(location), checks);
  await expect(client.refreshTokenGrant(configOf(clientId), tokens.refresh_token ?? "")).resolves.toBeDefined();
}

describe("the sign-in form", () => {
  test("sent twice at once leads to one place, and one sign-in", async () => {
    for (let round = 0; round < 8; round++) {
      const begun = await begin("portal");
      const [first, second] = await Promise.all([login(begun), login(begun)]);
      expect(second).toBe(first);
      await expectTokens(begun, "portal", await go(begun.browser, first));
      expect(await ssoOf(begun.browser)).toMatchObject({ userId: 1 });
      expect(await db.database.userSession.count()).toBe(round + 1);
    }
  });

  test("whose page was opened before the other's answer was followed, is sent where that one went", async () => {
    const begun = await begin("portal");
    const open = await openLogin({ database: db.database, provider: op.provider }, inputOf(begun));
    const first = await login(begun);
    const arrived = await go(begun.browser, first);
    // Its interaction was read while it waited; another tab has gone on since then.
    expect(await finishLogin(db.database, open, { userId: 1, userAgent: null, ip: null })).toBe(first);
    expect(await login(begun)).toBe(first);
    await expectTokens(begun, "portal", arrived);
    await expectTokens(begun, "portal", await arrive(begun.browser, first));
    expect(await db.database.userSession.count()).toBe(1);
  });

  test("goes on when the first answer, or what came after it, was lost on the way", async () => {
    const begun = await begin("portal");
    const first = await login(begun);
    expect(await login(begun)).toBe(first);
    const cookie = Object.entries(begun.browser.cookies(new URL(first).pathname))
      .map(([name, value]) => `${name}=${value}`)
      .join("; ");
    // The browser never sees this answer, nor its cookies.
    const lost = await fetch(first, { headers: { cookie }, redirect: "manual" });
    expect(lost.headers.get("location")).toContain("code=");
    await expectTokens(begun, "portal", await go(begun.browser, first));
    expect(await ssoOf(begun.browser)).toMatchObject({ userId: 1 });
  });

  test("followed twice at once is one session, whichever answer arrives last", async () => {
    const begun = await begin("portal");
    const location = await login(begun);
    const cookie = Object.entries(begun.browser.cookies(new URL(location).pathname))
      .map(([name, value]) => `${name}=${value}`)
      .join("; ");
    const answers = await Promise.all(
      [1, 2, 3].map(() => fetch(location, { headers: { cookie }, redirect: "manual" })),
    );
    const sessions = answers.map(
      (answer) =>
        answer.headers
          .getSetCookie()
          .find((line) => line.startsWith("mgs.sso="))
          ?.split(/[=;]/)[1],
    );
    expect(new Set(sessions).size).toBe(1);
    for (const answer of answers) await expectTokens(begun, "portal", answer.headers.get("location") ?? "");
  });

  test("answered by another person after the first one has gone on, is over", async () => {
    const begun = await begin("portal");
    await go(begun.browser, await login(begun, 1));
    await expect(login(begun, 2)).rejects.toMatchObject({ code: "INTERACTION_NOT_FOUND" });
    expect(await ssoOf(begun.browser)).toMatchObject({ userId: 1 });
  });

  test("does not bring back a sign-in that has ended since", async () => {
    const begun = await begin("portal");
    const location = await login(begun);
    await go(begun.browser, location);
    await db.database.userSession.updateMany({ data: { endedAt: new Date() } });
    expect(await go(begun.browser, location)).toMatch(/^\/oauth\/authorize\?/);
    expect(await ssoOf(begun.browser)).toBeNull();
  });
});

describe("a consent", () => {
  async function atConsent(more: Record<string, string> = {}): Promise<Begun> {
    await db.database.consent.deleteMany();
    const form = await begin("third", new TestBrowser(), more);
    const location = await go(form.browser, await login(form));
    expect(location).toMatch(/^\/interaction\//);
    return { ...form, location, uid: location.split("/").pop() ?? "" };
  }

  test("given twice, whenever the second comes, arrives with tokens and leaves the person signed in", async () => {
    for (const order of ["at once", "before the way on", "after the way on", "while on the way"]) {
      const page = await atConsent();
      const accept = () => acceptConsent(consentDeps(), inputOf(page));
      let location: string;
      if (order === "at once") [location] = await Promise.all([accept(), accept()]);
      else {
        location = await accept();
        if (order === "after the way on") await go(page.browser, location);
        const [again] = await Promise.all([
          accept(),
          ...(order === "while on the way" ? [go(page.browser, location)] : []),
        ]);
        expect(again, order).toBe(location);
      }
      // Both navigations of a double click are under way, and the browser follows whichever is answered.
      const both = await Promise.all([arrive(page.browser, location), arrive(page.browser, location)]);
      for (const arrived of both) await expectTokens(page, "third", arrived);
      expect(await ssoOf(page.browser), order).toMatchObject({ userId: 1 });
    }
  });

  test("whose answer was lost on the way is given again", async () => {
    const page = await atConsent();
    const location = await acceptConsent(consentDeps(), inputOf(page));
    const cookie = Object.entries(page.browser.cookies(new URL(location).pathname))
      .map(([name, value]) => `${name}=${value}`)
      .join("; ");
    await fetch(location, { headers: { cookie }, redirect: "manual" });
    expect(await ssoOf(page.browser)).toMatchObject({ userId: 1 });
    await expectTokens(page, "third", await go(page.browser, location));
  });

  test("refused twice is told to the client each time", async () => {
    const page = await atConsent();
    const location = await refuseConsent(op.provider, inputOf(page));
    expect(await go(page.browser, location)).toContain("error=access_denied");
    expect(await refuseConsent(op.provider, inputOf(page))).toBe(location);
    expect(await go(page.browser, location)).toContain("error=access_denied");
  });

  test("that the client insists on is not asked for again by the second of two answers", async () => {
    const page = await atConsent({ prompt: "consent" });
    const location = await acceptConsent(consentDeps(), inputOf(page));
    expect(await go(page.browser, location)).toContain("code=");
    expect(await acceptConsent(consentDeps(), inputOf(page))).toBe(location);
    await expectTokens(page, "third", await go(page.browser, location));
  });
});

describe("an interaction belongs to the browser that began it", () => {
  test("one that was planted in another browser is not answered there, and its owner gains nothing", async () => {
    const thief = await begin("portal");
    const victim = new TestBrowser();
    // What a sibling subdomain can set: every cookie but one with the prefix `__Host-`.
    const planted = { "mgs.interaction": thief.uid, "mgs.interaction.sig": "x", "mgs.resume": thief.uid };
    const input = { uid: thief.uid, cookies: { ...victim.cookies("/"), ...planted } };
    await expect(viewInteraction(op.provider, input)).rejects.toMatchObject({ code: "INTERACTION_NOT_FOUND" });
    await expect(openLogin({ database: db.database, provider: op.provider }, input)).rejects.toMatchObject({
      code: "INTERACTION_NOT_FOUND",
    });
    await expect(acceptConsent(consentDeps(), input)).rejects.toMatchObject({ code: "INTERACTION_NOT_FOUND" });
  });

  test("the way on is another browser's neither", async () => {
    const begun = await begin("portal");
    const location = await login(begun);
    const stranger = new TestBrowser();
    const resume = begun.browser.cookies(new URL(location).pathname);
    const cookie = `mgs.resume=${resume["mgs.resume"]}; mgs.resume.sig=${resume["mgs.resume.sig"]}`;
    const answer = await stranger.request(location, { headers: { cookie } });
    expect(answer.headers.get("location")).toMatch(/^\/oauth\/authorize\?/);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test("many of them may wait; then the oldest gives way, and is told where to begin again", async () => {
    const browser = new TestBrowser();
    const first = await begin("portal", browser);
    for (let n = 0; n < MAX_BOUND_INTERACTIONS; n++) await begin("portal", browser);
    const names = Object.keys(browser.cookies("/")).filter((name) => name.startsWith("mgs.began."));
    expect(names).toHaveLength(MAX_BOUND_INTERACTIONS);
    await expect(login(first)).rejects.toMatchObject({ code: "INTERACTION_NOT_FOUND" });
    expect(await findInteractionFallback(op.provider, first.uid)).toMatchObject({
      client: { id: "portal" },
      isOver: false,
    });
  });
});

test("an interaction that is over still leads to its client", async () => {
  const begun = await begin("portal", new TestBrowser(), { state: "the-page" });
  expect(await findInteractionFallback(op.provider, begun.uid)).toMatchObject({ isOver: false });
  const location = await login(begun);
  await go(begun.browser, location);
  const way = await findInteractionFallback(op.provider, begun.uid);
  expect(way).toMatchObject({ isOver: true, client: { id: "portal", firstParty: true } });
  // Past the window in which the form goes on once more.
  await db.database.oidcPayload.updateMany({
    where: { model: "Interaction" },
    data: { consumedAt: new Date(Date.now() - 120_000) },
  });
  expect(await go(begun.browser, location)).toBe(way?.restart);
  expect(await go(begun.browser, way?.restart ?? "")).toMatch(/code=.*state=the-page/);
});
