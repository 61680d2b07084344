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
  const { endsSession, handleSessionEnd, sessionEnd, sessionFetch, sessionReturned, setDirty, signInHref } =
    await import("./leave");
  const form = {};
  setDirty(form, true);
  handleSessionEnd("logout");
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401 }));
  await sessionFetch("/api/notifications");
  expect(endsSession("SESSION_ENDED")).toBe(true);
  expect(endsSession("UNAUTHENTICATED")).toBe(true);
  expect(endsSession("RATE_LIMITED")).toBe(false);
  expect(endsSession(undefined)).toBe(false);
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
