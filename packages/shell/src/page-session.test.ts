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

test("a page without unsent text leaves for the sign-in once, with the address to return to", async () => {
  const { handleSessionEnd, sessionEnd } = await import("./page-session");
  handleSessionEnd("deactivated");
  handleSessionEnd();
  expect(assign.mock.calls).toEqual([[`${SIGN_IN}&ended=deactivated`]]);
  expect(sessionEnd.get()).toBeNull();
});

test("a page that was not told why its session has ended names the session", async () => {
  const { checkSession, setOwnSession } = await import("./page-session");
  setOwnSession("01a2297d-1140-7310-ae92-f6abb835a72e");
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401 }));
  await checkSession();
  expect(assign.mock.calls).toEqual([[`${SIGN_IN}&ended=01a2297d-1140-7310-ae92-f6abb835a72e`]]);
});

test("a page with unsent text stays and knows why the session ended, in whatever order it learns that", async () => {
  const { handleSessionEnd, sessionEnd, sessionFetch, waitForSession, setDirty, signInHref, hasUnsentText } =
    await import("./page-session");
  const form = {};
  setDirty(form, true);
  expect(hasUnsentText.get()).toBe(true);
  handleSessionEnd("logout");
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401 }));
  await sessionFetch("/api/notifications");
  expect(assign).not.toHaveBeenCalled();
  expect(sessionEnd.get()).toEqual({ reason: "logout" });
  expect(signInHref()).toBe(SIGN_IN);

  const returned = vi.fn();
  const waiting = waitForSession().then(returned);
  await Promise.resolve();
  expect(returned).not.toHaveBeenCalled();
  sessionEnd.set(null);
  await waiting;
  await waitForSession();

  setDirty(form, false);
  expect(hasUnsentText.get()).toBe(false);
  handleSessionEnd();
  expect(assign).toHaveBeenCalledTimes(1);
});

test("after a 401 the page stays while the session is alive, checks once at a time, and leaves once it is over", async () => {
  const { checkSession, sessionFetch } = await import("./page-session");
  const statusOf: Record<string, number> = { "/api/me": 200, "/api/notifications": 401 };
  const requested: string[] = [];
  vi.stubGlobal("fetch", async (input: string) => {
    requested.push(input);
    return new Response(null, { status: statusOf[input] ?? 404 });
  });
  await Promise.all([checkSession(), checkSession(), checkSession()]);
  expect(requested).toEqual(["/api/me"]);
  await sessionFetch("/api/notifications");
  expect(assign).not.toHaveBeenCalled();

  statusOf["/api/me"] = 503;
  await checkSession();
  expect(assign).not.toHaveBeenCalled();

  statusOf["/api/me"] = 401;
  await checkSession();
  expect(assign.mock.calls).toEqual([[SIGN_IN]]);
});

test("a server action refused with 401 checks the session: alive, page and text stay; ended, the page shows it", async () => {
  const { checkSession, handleSessionRefusal, sessionEnd, setDirty, signedInId } = await import("./page-session");
  const fetched = vi.fn(async () => Response.json({ data: { id: 8 } }));
  vi.stubGlobal("fetch", fetched);
  expect(handleSessionRefusal("RATE_LIMITED")).toBe(false);
  expect(handleSessionRefusal(undefined)).toBe(false);
  expect(fetched).not.toHaveBeenCalled();

  const form = {};
  for (const dirty of [false, true]) {
    setDirty(form, dirty);
    expect(handleSessionRefusal("UNAUTHENTICATED")).toBe(true);
    expect(handleSessionRefusal("SESSION_ENDED")).toBe(true);
    await checkSession();
  }
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(assign).not.toHaveBeenCalled();
  expect(sessionEnd.get()).toBeNull();
  // The session is alive; the page learns whose it is, and leaves when that is another person.
  expect(signedInId.get()).toBe(8);

  fetched.mockImplementation(async () => new Response(null, { status: 401 }));
  expect(handleSessionRefusal("SESSION_ENDED")).toBe(true);
  await checkSession();
  expect(assign).not.toHaveBeenCalled();
  expect(sessionEnd.get()).toEqual({ reason: undefined });

  setDirty(form, false);
  expect(handleSessionRefusal("UNAUTHENTICATED")).toBe(true);
  await checkSession();
  expect(assign.mock.calls).toEqual([[SIGN_IN]]);
});
