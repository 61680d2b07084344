import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { createSmtpMailer } from "./smtp";
import { aMail } from "./testing/mails";
import { refusal, startTestSmtp, type TestSmtp } from "./testing/smtp-server";

const servers: TestSmtp[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function smtpServer(options?: SMTPServerOptions) {
  const server = await startTestSmtp(options);
  servers.push(server);
  return { mails: server.mails, mailer: createSmtpMailer({ url: server.url, greeting: "mgs.example" }) };
}

describe("mail by SMTP", () => {
  it("arrives whole, with the id in its Message-ID", async () => {
    const { mails, mailer } = await smtpServer();
    const text = "😀".repeat(5_000);
    const subject = `<script>${"é".repeat(190)}</script>`;
    await mailer.send(aMail({ subject, text, html: `<p>${text}</p>` }));
    mailer.close();
    const [mail] = mails;
    expect(mail).toMatchObject({
      subject,
      messageId: `<${aMail().id}@mgs.example>`,
      from: { name: "MGS Commercial", address: "commercial@mgs.example" },
      to: [{ name: "Rivo Ratsimba", address: "rivo@mgs.example" }],
    });
    expect(mail?.text?.trim()).toBe(text);
    expect(mail?.html).toContain(`<p>${text}</p>`);
    expect(mail?.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
    expect(mail?.headers.find(({ key }) => key === "x-auto-response-suppress")?.value).toBe("All");
  });

  it.each([
    "=?utf-8?b?SW1wb3J0YW50?=",
    "Facture =?utf-8?q?pay=C3=A9e?= du mois",
    "=?utf-8?b?YQ==?= =?utf-8?b?Yg==?=",
    '=?utf-8?b?SW1wb3J0YW50?= "été"',
    "=?",
    `${"=?utf-8?b?SW1wb3J0YW50?= 😀 ".repeat(7)}!`,
  ])("the subject %j is read as it was written", async (subject) => {
    const { mails, mailer } = await smtpServer();
    await mailer.send(aMail({ subject }));
    mailer.close();
    expect(mails[0]?.subject).toBe(subject);
    expect(mails[0]?.headers.filter(({ key }) => key === "subject")).toHaveLength(1);
  });

  it("a reader's name that looks encoded is none either", async () => {
    const { mails, mailer } = await smtpServer();
    await mailer.send(aMail({ to: { name: "=?utf-8?b?UGF0cm9u?=", address: "rivo@mgs.example" } }));
    mailer.close();
    expect(mails[0]?.to).toEqual([{ name: "=\u2060?utf-8?b?UGF0cm9u?=", address: "rivo@mgs.example" }]);
  });

  it("a second attempt bears the same Message-ID", async () => {
    const { mails, mailer } = await smtpServer();
    await mailer.send(aMail());
    await mailer.send(aMail());
    mailer.close();
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it("an unknown recipient is refused for good, without an address in the error", async () => {
    const { mailer } = await smtpServer({
      onRcptTo: ({ address }, _session, done) => done(refusal(550, `5.1.1 <${address}> unknown`)),
    });
    const error = await mailer.send(aMail()).catch((reason: unknown) => reason);
    mailer.close();
    expect(error).toMatchObject({ permanent: true, message: "SMTP: 550 5.1.1 RCPT TO" });
  });

  it.each([
    ["a full mailbox", { onRcptTo: (_address, _session, done) => done(refusal(452, "4.2.2 full")) }],
    ["a refused sender", { onMailFrom: (_address, _session, done) => done(refusal(550, "5.7.1 not you")) }],
  ] satisfies [string, SMTPServerOptions][])("%s is passing", async (_name, options) => {
    const { mailer } = await smtpServer(options);
    await expect(mailer.send(aMail())).rejects.toMatchObject({ name: "MailError", permanent: false });
    mailer.close();
  });

  it("a server that is away is passing", async () => {
    const mailer = createSmtpMailer({ url: "smtp://user:secret@127.0.0.1:1", greeting: "mgs.example" });
    const error = await mailer.send(aMail()).catch((reason: unknown) => reason);
    mailer.close();
    expect(error).toMatchObject({ name: "MailError", permanent: false });
    expect(String(error)).not.toContain("secret");
  });
});
