import type { Session } from "@mgs/identity/portal-session";
import { expect, test, vi } from "vitest";
import { createGuard } from "./guard";

const cookie = vi.hoisted(() => ({ value: "" }));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => cookie }),
  headers: async () => new Headers({ "x-mgs-path": "/notifications/send" }),
}));
vi.mock("react", async (original) => ({ ...(await original<object>()), cache: (load: unknown) => load }));

const session = { user: { id: 7 } } as Session;
const guard = createGuard(async () => ({
  portal: "commercial",
  cookieName: "session",
  find: async (value) => (value === "live" ? session : null),
}));

test("a page without a session leaves for the sign-in; an action never does, it is refused", async () => {
  cookie.value = "ended";
  await expect(guard.requireSession()).rejects.toMatchObject({
    digest: expect.stringContaining("NEXT_REDIRECT;replace;/login/oauth"),
  });
  await expect(guard.actionSession()).rejects.toMatchObject({ code: "SESSION_ENDED" });
});

test("a person's text is not sent in the name of the person who signed in after them", async () => {
  cookie.value = "live";
  expect(await guard.actionSession()).toBe(session);
  expect(await guard.actionSession(7)).toBe(session);
  await expect(guard.actionSession(8)).rejects.toMatchObject({ code: "SESSION_ENDED" });
});
