import { Transform } from "node:stream";
import nodemailer from "nodemailer";
import { z } from "zod";
import { breakEncodedWords, looksEncoded, toEncodedWords } from "./encoded-words";
import { headersOfMail, type Mail, MailError, type Mailer } from "./mail";

/** As many mails as one worker handles side by side. */
const MAX_CONNECTIONS = 5;

/** Timeouts of a connection to an SMTP server, by nodemailer's names; milliseconds. */
export const SMTP_TIMEOUTS_MS = { connectionTimeout: 5_000, greetingTimeout: 5_000, dnsTimeout: 5_000 };
const SOCKET_TIMEOUT_MS = 15_000;

/** Fields that nodemailer adds to its errors. */
export const smtpError = z.object({
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
});

export type SmtpOptions = {
  /** `smtp://` or `smtps://`, with credentials. */
  url: string;
  /** See `ehloName`. */
  greeting: string;
};

/** A mailer over pooled SMTP connections, opened when first needed. */
export function createSmtpMailer({ url, greeting }: SmtpOptions): Mailer {
  const transport = nodemailer.createTransport({
    url,
    name: greeting,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    ...SMTP_TIMEOUTS_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport.use("stream", ({ message }, done) => {
    message.transform(joinChunks);
    done();
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          messageId: messageId(mail),
          from: mail.from,
          to: { ...mail.to, name: breakEncodedWords(mail.to.name) },
          html: mail.html,
          text: mail.text,
          ...subjectOf(mail),
        });
      } catch (error) {
        throw toMailError(error, greeting);
      }
    },
    close: () => transport.close(),
  };
}

/** Joins the chunks of a mail: nodemailer writes a dozen, and each would cost a system call and a packet. */
function joinChunks(): Transform {
  const chunks: Buffer[] = [];
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
    flush(done) {
      done(null, Buffer.concat(chunks));
    },
  });
}

/** Encodes a subject that looks encoded: nodemailer leaves it as it is, and the reader would see it decoded. */
function subjectOf({ subject }: Mail) {
  const headers = headersOfMail();
  if (!looksEncoded(subject)) return { subject, headers };
  return { headers: { ...headers, Subject: { prepared: true, foldLines: true, value: toEncodedWords(subject) } } };
}

function messageId({ id, from }: Mail): string {
  return `<${id}@${from.address.slice(from.address.lastIndexOf("@") + 1)}>`;
}

/** 5xx is permanent (RFC 5321 section 4.2.1) where it concerns this mail; an administrator can correct sender or login. */
function toMailError(error: unknown, greeting: string): MailError {
  const { code = "unknown", command = "", responseCode, response = "" } = smtpError.catch({}).parse(error);
  if (responseCode === undefined) return new MailError(`SMTP: ${code}`, false);
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? "";
  const refusal = `SMTP: ${responseCode} ${enhanced} ${command}`.replace(/ +/g, " ").trim();
  // Postfix refuses the greeting as late as at RCPT TO. Greeted in another way, it accepts the same mail.
  if (isAboutGreeting(command, response)) return new MailError(`${refusal}, greeted as ${greeting}`, false);
  const permanent = responseCode >= 500 && (command === "RCPT TO" || command === "DATA");
  return new MailError(refusal, permanent);
}

/** Whether a server refuses how it was greeted, at once or with a later command. */
export function isAboutGreeting(command: string, response: string): boolean {
  return /^(EHLO|HELO)$/.test(command) || /\b(ehlo|helo)\b/i.test(response);
}
