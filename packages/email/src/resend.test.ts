import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createResendMailer } from "./resend";
import { aMail } from "./testing/mails";

/** A local server with Resend's published contract: `POST /emails`, bearer key, `Idempotency-Key`, named errors. */
type Answer = { status: number; body: object; headers?: Record<string, string> };
let server: Server;
let answer: Answer;
let calls: { url: string; headers: IncomingHttpHeaders; body: unknown }[];
const send = (mail = aMail()) =>
  createResendMailer("re_test", `http://127.0.0.1:${(server.address() as AddressInfo).port}`).send(mail);
const refuse = (statusCode: number, name: string, headers: Record<string, string> = {}): void => {
  answer = { status: statusCode, body: { statusCode, name, message: "rivo@mgs.example is not right" }, headers };
};

beforeEach(async () => {
  calls = [];
  answer = { status: 200, body: { id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" } };
  server = createServer(async (request, response) => {
    calls.push({ url: `${request.method} ${request.url}`, headers: request.headers, body: await json(request) });
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("mail by Resend", () => {
  it("sends the mail with its id as idempotency key", async () => {
    await send();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.url).toBe("POST /emails");
    expect(calls[0]?.headers).toMatchObject({ authorization: "Bearer re_test", "idempotency-key": aMail().id });
    expect(calls[0]?.body).toMatchObject({
      from: '"MGS Commercial" <commercial@mgs.example>',
      to: "rivo@mgs.example",
      subject: "Contrat signé",
      html: "<p>Bonjour</p>",
      text: "Bonjour",
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
  });

  it.each([
    [422, "validation_error", true],
    [422, "missing_required_field", true],
    [422, "invalid_from_address", false],
    [403, "validation_error", false],
    [401, "missing_api_key", false],
    [409, "concurrent_idempotent_requests", false],
    [429, "rate_limit_exceeded", false],
    [500, "application_error", false],
  ])("%i %s: for good is %s", async (status, name, permanent) => {
    refuse(status, name);
    await expect(send()).rejects.toMatchObject({ name: "MailError", permanent, message: `Resend: ${status} ${name}` });
  });

  it("takes the wait that a 429 asks for", async () => {
    refuse(429, "rate_limit_exceeded", { "retry-after": "7" });
    await expect(send()).rejects.toMatchObject({ retryAfter: 7 });
  });

  it("counts a mail as sent when its key was already used for another body", async () => {
    refuse(409, "invalid_idempotent_request");
    await expect(send()).resolves.toBeUndefined();
  });

  it("calls silence passing", async () => {
    // No system gives one of the first thousand ports to whoever asks for any.
    const mailer = createResendMailer("re_test", "http://127.0.0.1:2");
    await expect(mailer.send(aMail())).rejects.toMatchObject({ name: "MailError", permanent: false });
  });
});
