import type { IncomingMessage, ServerResponse } from "node:http";
import { bindingCookie } from "@mgs/oidc/cookies";
import { expect, it, vi } from "vitest";
import { createAnswer } from "./sign-in-page";

const uid = "an-interaction-of-mine";
const req = { headers: { cookie: `${bindingCookie(uid, false)}=1` } } as IncomingMessage;
const res = { headersSent: false } as ServerResponse;

it("leaves the error page to the framework while the database is away", async () => {
  const find = vi.fn(() => Promise.reject(new Error("connection refused")));
  const provider = { issuer: "http://localhost:3000", Interaction: { find } };
  const deps = { provider: async () => provider, sessions: { cookieName: "mgs.sso" } };
  const passThrough = vi.fn();
  await createAnswer(deps as unknown as Parameters<typeof createAnswer>[0], uid, vi.fn())(req, res, passThrough);
  expect(find).toHaveBeenCalledOnce();
  expect(passThrough).toHaveBeenCalledOnce();
});
