import type { IncomingMessage, ServerResponse } from "node:http";
import { bindingCookie } from "@mgs/oidc/cookies";
import { expect, it, vi } from "vitest";
import type { Administration } from "../../composition";
import { answerSignInPage } from "./sign-in-page";

const uid = "an-interaction-of-mine";
const req = { headers: { cookie: `${bindingCookie(uid, false)}=1` } } as IncomingMessage;
const res = { headersSent: false } as ServerResponse;

it("leaves it to the framework to say that the database is away", async () => {
  const find = vi.fn(() => Promise.reject(new Error("connection refused")));
  const provider = { issuer: "http://localhost:3000", Interaction: { find } };
  const administration = { provider, sessions: { cookieName: "mgs.sso" } } as unknown as Administration;
  const leave = vi.fn();
  await answerSignInPage(administration, vi.fn(), uid, req, res, leave);
  expect(find).toHaveBeenCalledOnce();
  expect(leave).toHaveBeenCalledOnce();
});
