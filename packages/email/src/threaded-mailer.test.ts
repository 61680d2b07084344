import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { withRequestId } from "@mgs/core/request-context";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMailer } from "./mailer";
import { aMail } from "./testing/mails";
import { refusal, startTestSmtp } from "./testing/smtp-server";
import { createThreadedMailer } from "./threaded-mailer";

const folder = fileURLToPath(new URL("..", import.meta.url));
const bundle = "node_modules/.cache/mail-thread-test/mail-thread.js";
const thread = pathToFileURL(`${folder}${bundle}`);
const atEnd: (() => unknown)[] = [];

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ["../../scripts/bundle.mjs", "src/mail-thread.ts", bundle], {
    cwd: folder,
  });
});
afterEach(async () => {
  for (const end of atEnd.splice(0).reverse()) await end();
});

async function smtpServer(options?: Parameters<typeof startTestSmtp>[0]) {
  const smtp = await startTestSmtp(options);
  const env = { SMTP_URL: smtp.url, MAIL_FROM: { name: "MGS", address: "no-reply@mgs.example" } };
  const mailer = createMailer(env, thread);
  atEnd.push(
    () => smtp.close(),
    () => mailer.close(),
  );
  return { smtp, mailer };
}

const UNUSED = { url: "smtp://unused", greeting: "mgs.example" };

/** A thread that does this with each order. */
const threadThat = (does: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from "node:worker_threads";
      parentPort.on("message", ({ number }) => { ${does} });`)}`,
  );

describe("mail by SMTP, in a thread", () => {
  it("arrives as by the caller's own, with Message-ID and the request's id, and many at once", async () => {
    const { smtp, mailer } = await smtpServer();
    await withRequestId("request-1", () => mailer.send(aMail()));
    expect(smtp.mails[0]).toMatchObject({ messageId: `<${aMail().id}@mgs.example>`, subject: aMail().subject });
    expect(smtp.mails[0]?.headers.find(({ key }) => key === "x-request-id")?.value).toBe("request-1");
    await Promise.all(Array.from({ length: 50 }, (_, n) => mailer.send(aMail({ subject: `mail ${n}` }))));
    expect(new Set(smtp.mails.slice(1).map(({ subject }) => subject)).size).toBe(50);
  });

  it("answers only when the server has taken it, and tells a refusal for good from one in passing", async () => {
    const { mailer } = await smtpServer({
      onRcptTo: (_address, session, done) =>
        done(session.envelope.mailFrom ? refusal(answers.shift() ?? 250, "5.1.1 no") : undefined),
    });
    const answers = [550, 451];
    await expect(mailer.send(aMail())).rejects.toMatchObject({ name: "MailError", permanent: true });
    await expect(mailer.send(aMail())).rejects.toMatchObject({ name: "MailError", permanent: false });
  });

  it.runIf(process.platform === "linux")("gives way to the others of its process", async () => {
    const { mailer } = await smtpServer();
    await mailer.send(aMail());
    /** Null for a thread that has just ended. */
    const niceOf = (task: string) => {
      try {
        return Number(readFileSync(`/proc/self/task/${task}/stat`, "utf8").split(") ")[1]?.split(" ")[16]);
      } catch {
        return null;
      }
    };
    expect(niceOf(String(process.pid))).toBeLessThan(10);
    // Threads of the tests before are told to end, and give way while they do.
    const polite = () => readdirSync("/proc/self/task").filter((task) => (niceOf(task) ?? 0) >= 10);
    await expect.poll(polite).toHaveLength(1);
  });

  it("fails in passing what its thread leaves unanswered, and goes on with another", async () => {
    const mailer = createThreadedMailer(UNUSED, threadThat("setTimeout(() => process.exit(1), 50)"));
    atEnd.push(() => mailer.close());
    const passing = { status: "rejected", reason: { name: "MailError", permanent: false } };
    expect(await Promise.allSettled([mailer.send(aMail()), mailer.send(aMail())])).toMatchObject([passing, passing]);
    expect(await Promise.allSettled([mailer.send(aMail())])).toMatchObject([passing]);
    const throwing = createThreadedMailer(UNUSED, threadThat('throw new Error("broken")'));
    expect(await Promise.allSettled([throwing.send(aMail())])).toMatchObject([passing]);
    const missing = createThreadedMailer(UNUSED, new URL("./no-such-file.js", import.meta.url));
    await expect(missing.send(aMail())).rejects.toThrow(/^SMTP: its thread ended \((ERR_)?MODULE_NOT_FOUND\)$/);
  });
});
