import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it, vi } from "vitest";
import type { Administration } from "../../composition";
import { answerSignInPage } from "./sign-in-page";

const uid = "an-interaction-of-mine";
const req = { headers: { cookie: `mgs.interaction=${uid}` } } as IncomingMessage;
const res = { headersSent: false } as ServerResponse;

it("leaves it to the framework to say that the database is away", async () => {
  const find = () => Promise.reject(new Error("connection refused"));
  const administration = { provider: { Interaction: { find } } } as unknown as Administration;
  const leave = vi.fn();
  await answerSignInPage(administration, vi.fn(), uid, req, res, leave);
  expect(leave).toHaveBeenCalledOnce();
});
