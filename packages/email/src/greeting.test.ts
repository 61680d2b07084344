import { parseEnvironment } from "@mgs/core/environment";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { ehloName } from "./ehlo-name";
import { mailEnv } from "./env";
import { createMailer } from "./mailer";
import { createSmtpMailer } from "./smtp";
import { aMail } from "./testing/mails";
import { refusal, startTestSmtp } from "./testing/smtp-server";
import { verifyMailTransport } from "./verify-mail-transport";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const parse = (env: Record<string, string>) =>
  parseEnvironment(mailEnv, { MAIL_FROM: "MGS <no-reply@mgs.example>", ...env });

/** As Postfix's `reject_non_fqdn_helo_hostname`, which counts an address as none. */
const isFullyQualified = (name: string) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name);

/** Refuses at the greeting, or as Postfix does by default: when it is told the recipient. */
async function strictServer(when: "at once" | "later") {
  const later: SMTPServerOptions = {
    onRcptTo: (_address, session, done) =>
      isFullyQualified(String(session.hostNameAppearsAs))
        ? done()
        : done(refusal(504, "5.5.2 <x>: Helo command rejected: need fully-qualified hostname")),
  };
  const smtp = await startTestSmtp(when === "later" ? later : {}, when === "later" ? undefined : isFullyQualified);
  ends.push(() => smtp.close());
  return smtp;
}

describe.each(["at once", "later"] as const)("a server that refuses greetings without a domain, %s", (when) => {
  it("takes our mail, from a machine whose name has no dot as well", async () => {
    const smtp = await strictServer(when);
    const env = parse({ SMTP_URL: smtp.url });
    expect(isFullyQualified(ehloName(env, "3f2a1b0c9d8e"))).toBe(true);
    const mailer = createMailer(env);
    ends.push(() => mailer.close());
    await mailer.send(aMail());
    expect(smtp.mails).toHaveLength(1);
    expect(await verifyMailTransport(env, AbortSignal.timeout(60_000))).toMatchObject({
      state: "works",
      detail: expect.stringContaining(`greeted as ${ehloName(env)}`),
    });
  });

  it("is no refusal for good of a mail, and the greeting is named", async () => {
    const smtp = await strictServer(when);
    const mailer = createSmtpMailer({ url: smtp.url, greeting: "[127.0.0.1]" });
    ends.push(() => mailer.close());
    const error = await mailer.send(aMail()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "MailError", permanent: false });
    expect(String(error)).toMatch(/^MailError: SMTP: 5\d\d .*, greeted as \[127\.0\.0\.1\]$/);
  });
});

it("doctor's question names a greeting that is refused", async () => {
  const smtp = await strictServer("at once");
  const env = parse({ SMTP_URL: smtp.url, SMTP_EHLO_NAME: "[127.0.0.1]" });
  const { state, detail } = await verifyMailTransport(env, AbortSignal.timeout(60_000));
  expect(state).toBe("broken");
  expect(detail).toMatch(/^127\.0\.0\.1:\d+ refuses to be greeted as \[127\.0\.0\.1\] \(550\): set SMTP_EHLO_NAME$/);
});

describe("the name of our greeting", () => {
  it.each([
    ["web-1.mgs.mg", "web-1.mgs.mg"],
    ["3f2a1b0c9d8e", "mgs.example"],
    ["localhost", "mgs.example"],
    ["localhost.localdomain", "mgs.example"],
    ["ip-10-0-0-1.eu-west-1.compute.internal", "mgs.example"],
    ["web_1.mgs.mg", "mgs.example"],
    ["10.0.0.1", "mgs.example"],
  ])("on a machine called %s: %s", (machine, expected) => expect(ehloName(parse({}), machine)).toBe(expected));

  it("is the setting's where there is one, and ASCII", () => {
    expect(ehloName(parse({ SMTP_EHLO_NAME: "mx.mgs.mg" }), "web-1.mgs.mg")).toBe("mx.mgs.mg");
    expect(ehloName(parse({ MAIL_FROM: "a@société.example" }), "box")).toBe("xn--socit-esab.example");
  });

  it.each(["box", "mgs.mg\r\nQUIT", "a b.mg"])("%j is refused as a setting", (name) => {
    expect(() => parse({ SMTP_EHLO_NAME: name })).toThrow(/SMTP_EHLO_NAME: must be a host name/);
  });
});
