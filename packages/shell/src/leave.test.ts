import { afterEach, beforeEach, expect, test, vi } from "vitest";

const assign = vi.fn();

beforeEach(() => {
  vi.stubGlobal("window", {
    addEventListener: vi.fn(),
    location: { pathname: "/notifications/send", search: "?a=1", assign },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  assign.mockReset();
});

const SIGN_IN = "/login/oauth?returnTo=%2Fnotifications%2Fsend%3Fa%3D1";

test("a page with nothing typed leaves for the sign-in, once, and comes back", async () => {
  const { handleSessionEnd, sessionEnd } = await import("./leave");
  handleSessionEnd("revoked");
  handleSessionEnd();
  expect(assign.mock.calls).toEqual([[SIGN_IN]]);
  expect(sessionEnd.get()).toBeNull();
});

test("a page with something typed stays and knows the reason, whoever tells it first", async () => {
  const { handleSessionEnd, sessionEnd, sessionFetch, sessionReturned, setDirty, signInHref } = await import("./leave");
  const form = {};
  setDirty(form, true);
  handleSessionEnd("logout");
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401 }));
  await sessionFetch("/api/notifications");
  expect(assign).not.toHaveBeenCalled();
  expect(sessionEnd.get()).toEqual({ reason: "logout" });
  expect(signInHref()).toBe(SIGN_IN);

  const returned = vi.fn();
  const waiting = sessionReturned().then(returned);
  await Promise.resolve();
  expect(returned).not.toHaveBeenCalled();
  sessionEnd.set(null);
  await waiting;
  await sessionReturned();

  setDirty(form, false);
  handleSessionEnd();
  expect(assign).toHaveBeenCalledTimes(1);
});

test("a 401 while the session lives leaves nowhere; one look at a time, and the page leaves once it is over", async () => {
  const { checkSession, sessionFetch } = await import("./leave");
  const statusOf: Record<string, number> = { "/api/me": 200, "/api/notifications": 401 };
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (input: string) => {
    asked.push(input);
    return new Response(null, { status: statusOf[input] ?? 404 });
  });
  await Promise.all([checkSession(), checkSession(), checkSession()]);
  expect(asked).toEqual(["/api/me"]);
  await sessionFetch("/api/notifications");
  expect(assign).not.toHaveBeenCalled();

  statusOf["/api/me"] = 503;
  await checkSession();
  expect(assign).not.toHaveBeenCalled();

  statusOf["/api/me"] = 401;
  await checkSession();
  expect(assign.mock.calls).toEqual([[SIGN_IN]]);
});

test("an action refused with 401 looks at the session first: alive, the page and its text stay; over, it is said", async () => {
  const { checkSession, endsSession, sessionEnd, setDirty, signedInId } = await import("./leave");
  const fetched = vi.fn(async () => Response.json({ data: { id: 8 } }));
  vi.stubGlobal("fetch", fetched);
  expect(endsSession("RATE_LIMITED")).toBe(false);
  expect(endsSession(undefined)).toBe(false);
  expect(fetched).not.toHaveBeenCalled();

  const form = {};
  for (const dirty of [false, true]) {
    setDirty(form, dirty);
    expect(endsSession("UNAUTHENTICATED")).toBe(true);
    expect(endsSession("SESSION_ENDED")).toBe(true);
    await checkSession();
  }
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(assign).not.toHaveBeenCalled();
  expect(sessionEnd.get()).toBeNull();
  // Alive, and whose: the page leaves when they are not who it was rendered for.
  expect(signedInId.get()).toBe(8);

  fetched.mockImplementation(async () => new Response(null, { status: 401 }));
  expect(endsSession("SESSION_ENDED")).toBe(true);
  await checkSession();
  expect(assign).not.toHaveBeenCalled();
  expect(sessionEnd.get()).toEqual({ reason: undefined });

  setDirty(form, false);
  expect(endsSession("UNAUTHENTICATED")).toBe(true);
  await checkSession();
  expect(assign.mock.calls).toEqual([[SIGN_IN]]);
});
