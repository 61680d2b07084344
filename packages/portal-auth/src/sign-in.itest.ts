import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { TestBrowser } from "@mgs/oidc/testing/browser";
import { describe, expect, it } from "vitest";
import { CALLBACK, isForm, locationOf, SESSION, USER, usePortal } from "./testing/use-portal";

const MINUTE_MS = 60_000;

const stage = usePortal();
const { startAddress, follow, answer, reachCallback, sessionOf, errorPage, signedIn } = stage;

it("signs a person in, and ends at the page that was asked for", async () => {
  const browser = new TestBrowser();
  const form = await follow(browser, startAddress("/notifications?filter=unread"), isForm);
  expect(await answer(browser, form)).toBe(`${stage.portal}/notifications?filter=unread`);
  expect(await sessionOf(browser)).toMatchObject({ user: { id: USER }, mayOpen: true });
});

describe("tabs", () => {
  const longPath = (tab: number): string => `/notifications?tab=${tab}&${"x".repeat(tab % 4 === 0 ? 2_000 : 10)}`;

  it("that wait at the form all arrive where they wanted, and leave one cookie", async () => {
    const browser = new TestBrowser();
    const forms: string[] = [];
    for (let tab = 0; tab < 30; tab++) forms.push(await follow(browser, startAddress(longPath(tab)), isForm));
    for (const [tab, form] of forms.entries()) {
      expect(await answer(browser, form), `tab ${tab}`).toBe(`${stage.portal}${longPath(tab)}`);
    }
    expect(browser.names(CALLBACK).filter((name) => name.startsWith("mgs.commercial"))).toEqual([
      "mgs.commercial.browser",
      SESSION,
    ]);
  });

  it("that begin at once, before the browser has any cookie, all arrive", async () => {
    const signedInAtProvider = await signedIn();
    signedInAtProvider.forget((name) => name.startsWith("mgs.commercial"));
    const tabs = await Promise.all(
      Array.from({ length: 10 }, (_, tab) => follow(signedInAtProvider, startAddress(longPath(tab)), isForm)),
    );
    expect(tabs).toEqual(Array.from({ length: 10 }, (_, tab) => `${stage.portal}${longPath(tab)}`));
    expect(await sessionOf(signedInAtProvider)).not.toBeNull();
  });

  it("that begin at once and wait at the form all arrive", async () => {
    const browser = new TestBrowser();
    const begun = Array.from({ length: 5 }, (_, tab) => follow(browser, startAddress(`/profil?tab=${tab}`), isForm));
    for (const [tab, form] of (await Promise.all(begun)).entries()) {
      expect(await answer(browser, form)).toBe(`${stage.portal}/profil?tab=${tab}`);
    }
  });

  it("whose attempt is lost begin again with the place they wanted", async () => {
    const browser = new TestBrowser();
    const form = await follow(browser, startAddress("/profil"), isForm);
    browser.forget((name) => name.startsWith("mgs.commercial"));
    expect(await answer(browser, form)).toBe(`${stage.portal}/profil`);
    expect(await sessionOf(browser)).not.toBeNull();
  });
});

describe("a form that waited", () => {
  it("for 59 minutes leads to the page that was asked for, by the attempt that was begun", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil?a=b");
    stage.state.ahead = 59 * MINUTE_MS;
    expect(await locationOf(browser, callback)).toBe(`${stage.portal}/profil?a=b`);
  });

  it("for longer begins again, and leads there too", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil?a=b");
    stage.state.ahead = 61 * MINUTE_MS;
    const again = await locationOf(browser, callback);
    expect(again).toMatch(`${stage.op.issuer}/oauth/authorize?`);
    expect(await follow(browser, again, isForm)).toBe(`${stage.portal}/profil?a=b`);
  });
});

describe("a callback that fails", () => {
  const withQuery = (callback: string, change: Record<string, string | null>): string => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return url.href;
  };
  const failures: [string, Record<string, string | null>, string, string][] = [
    ["without any query", { code: null, state: null, iss: null }, "OAuthCallback", "/dashboard"],
    ["with a code alone", { code: "abc", state: null, iss: null }, "OAuthCallback", "/dashboard"],
    ["with nonsense for a state", { state: "nonsense" }, "OAuthCallback", "/dashboard"],
    ["with a code that is none", { code: "abc" }, "invalid_grant", "/profil"],
    ["without a code", { code: null }, "OAuthCallback", "/profil"],
    ["of another issuer", { iss: "https://evil.example" }, "OAuthCallback", "/profil"],
    ["with a refusal", { code: null, error: "access_denied" }, "access_denied", "/profil"],
    ["with a refusal in markup", { code: null, error: "<b>no</b>" }, "bnob", "/profil"],
  ];

  it.each(failures)("%s ends in words, with a way on to the page", async (_name, change, error, returnTo) => {
    const browser = new TestBrowser();
    const callback = withQuery(await reachCallback(browser, "/profil"), change);
    const expected = errorPage(error, returnTo);
    expect(await locationOf(browser, callback)).toBe(expected);
    expect(await sessionOf(browser)).toBeNull();
  });

  it.each(failures)("%s leads on where the visitor is signed in", async (_name, change, _error, returnTo) => {
    const browser = await signedIn();
    const callback = withQuery(await reachCallback(browser, "/profil"), change);
    expect(await locationOf(browser, callback)).toBe(`${stage.portal}${returnTo}`);
    expect(await sessionOf(browser)).not.toBeNull();
  });

  it("because the database is away says so, and works once it is back", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    stage.state.isDatabaseAway = true;
    expect(await locationOf(browser, callback)).toBe(errorPage("UNAVAILABLE", "/profil"));
    stage.state.isDatabaseAway = false;
    expect(await locationOf(browser, callback)).toBe(`${stage.portal}/profil`);
  });

  it("because the person's sign-in has just ended does not sign in", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    await stage.db.database.userSession.updateMany({ data: { endedAt: new Date() } });
    const arrived = await locationOf(browser, callback);
    expect(arrived).toMatch(`${stage.portal}/login/erreur?error=`);
    expect(await sessionOf(browser)).toBeNull();
  });
});

describe("a callback asked twice", () => {
  const tokenWorks = async (browser: TestBrowser): Promise<void> => {
    const session = await sessionOf(browser);
    const token = await stage.auth.accessTokenOf(session?.portalSessionId ?? "");
    expect(await authenticateToken({ database: stage.db.database, sealer: stage.op.sealer }, token)).toMatchObject({
      userId: USER,
    });
  };

  it("after its answer was lost arrives with a session whose tokens hold", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    await browser.request(callback);
    browser.forget((name) => name === SESSION);
    expect(await locationOf(browser, callback)).toBe(`${stage.portal}/profil`);
    await tokenWorks(browser);
    // Once more with everything in place: still the same session.
    const session = browser.cookie(SESSION);
    expect(await locationOf(browser, callback)).toBe(`${stage.portal}/profil`);
    expect(browser.cookie(SESSION)).toBe(session);
    await tokenWorks(browser);
  });

  it("at the same moment makes one session", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    const before = await stage.db.database.portalSession.count();
    const arrived = await Promise.all(Array.from({ length: 5 }, () => locationOf(browser, callback)));
    expect(arrived).toEqual(Array.from({ length: 5 }, () => `${stage.portal}/profil`));
    expect(await stage.db.database.portalSession.count()).toBe(before + 1);
    await tokenWorks(browser);
  });

  it("at the same moment of two processes shows its code once, and makes one session", async () => {
    stage.state.replicas = stage.replicasWith(process.env.MGS_TEST_REDIS_URL);
    for (let round = 0; round < 5; round++) {
      const browser = new TestBrowser();
      const callback = await reachCallback(browser, "/profil");
      const before = await stage.db.database.portalSession.count();
      const arrived = await Promise.all([1, 2].map(() => locationOf(browser, callback)));
      expect(arrived).toEqual([`${stage.portal}/profil`, `${stage.portal}/profil`]);
      expect(await stage.db.database.portalSession.count()).toBe(before + 1);
      await tokenWorks(browser);
    }
  });

  it("arrives while Redis is away, too", async () => {
    stage.state.replicas = stage.replicasWith("redis://127.0.0.1:1");
    const browser = new TestBrowser();
    expect(await locationOf(browser, await reachCallback(browser, "/profil"))).toBe(`${stage.portal}/profil`);
    await tokenWorks(browser);
  });

  it("after another tab's replaced its session leaves that one's tokens alone", async () => {
    const browser = new TestBrowser();
    const first = await reachCallback(browser, "/profil");
    await browser.request(first);
    await browser.request(await reachCallback(browser, "/dashboard"));
    expect(await locationOf(browser, first)).toBe(`${stage.portal}/profil`);
    await tokenWorks(browser);
  });
});

it("an attempt that the provider begins again signs in the person who answers then", async () => {
  const browser = new TestBrowser();
  const authorize = await locationOf(browser, startAddress("/profil"));
  await answer(browser, await follow(browser, authorize, isForm));
  expect(await sessionOf(browser)).toMatchObject({ user: { id: USER } });
  // As by the back button: the same request, with the same state.
  expect(await follow(browser, authorize, isForm)).toBe(`${stage.portal}/profil`);
  browser.forget((name) => name.startsWith("mgs.sso"));
  expect(await answer(browser, await follow(browser, authorize, isForm), isForm, 2)).toBe(`${stage.portal}/profil`);
  expect(await sessionOf(browser)).toMatchObject({ user: { id: 2 } });
});

it("a browser that keeps no cookies is told so, after a few attempts", async () => {
  const provider = new TestBrowser();
  const portalCookies = (name: string) => name.startsWith("mgs.commercial");
  let at = startAddress("/profil");
  for (let hops = 0; hops < 20 && !at.startsWith(`${stage.portal}/login/erreur`); hops++) {
    if (isForm(at)) at = new URL(await stage.op.answerInteraction(provider, at, USER), stage.op.issuer).href;
    else at = await locationOf(provider, at);
    provider.forget(portalCookies);
  }
  expect(at).toBe(errorPage("COOKIES_REFUSED", "/profil"));
});

it("another browser's callback signs no visitor in: they sign in themselves", async () => {
  const attacker = new TestBrowser();
  const callback = await reachCallback(attacker, "/profil");
  const visitor = new TestBrowser();
  const form = await follow(visitor, callback, isForm);
  expect(isForm(form)).toBe(true);
  expect(visitor.cookie(SESSION)).toBeUndefined();
  expect(await answer(visitor, form, isForm, 2)).toBe(`${stage.portal}/profil`);
  expect(await sessionOf(visitor)).toMatchObject({ user: { id: 2 } });
});
