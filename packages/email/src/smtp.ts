import { Transform } from "node:stream";
import nodemailer from "nodemailer";
import { z } from "zod";
import { breakEncodedWords, looksEncoded, toEncodedWords } from "./encoded-words";
import { headersOfMail, type Mail, MailError, type Mailer } from "./mail";

/** Connections at once: as many mails as one worker handles side by side. */
const CONNECTIONS = 5;

/** What nodemailer adds to its errors. */
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
    maxConnections: CONNECTIONS,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    dnsTimeout: 5_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport.use("stream", ({ message }, done) => {
    message.transform(whole);
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

/** Gathers a mail: nodemailer writes it in a dozen pieces, and each would be a call of the system's and a packet. */
function whole(): Transform {
  const pieces: Buffer[] = [];
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
    flush(done) {
      done(null, Buffer.concat(pieces));
    },
  });
}

/** nodemailer leaves encoded-words in a subject as they are: the reader would see what they say, not what was written. */
function subjectOf({ subject }: Mail) {
  const headers = headersOfMail();
  if (!looksEncoded(subject)) return { subject, headers };
  return { headers: { ...headers, Subject: { prepared: true, foldLines: true, value: toEncodedWords(subject) } } };
}

function messageId({ id, from }: Mail): string {
  return `<${id}@${from.address.slice(from.address.lastIndexOf("@") + 1)}>`;
}

/** 5xx is for good (RFC 5321 section 4.2.1) where it is about this mail; about our sender or login, it can be mended. */
function toMailError(error: unknown, greeting: string): MailError {
  const { code = "unknown", command = "", responseCode, response = "" } = smtpError.catch({}).parse(error);
  if (responseCode === undefined) return new MailError(`SMTP: ${code}`, false);
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? "";
  const refusal = `SMTP: ${responseCode} ${enhanced} ${command}`.replace(/ +/g, " ").trim();
  // Postfix says so when it is told the recipient. Greeted in another way, it takes the same mail.
  if (isAboutGreeting(command, response)) return new MailError(`${refusal}, greeted as ${greeting}`, false);
  const permanent = responseCode >= 500 && (command === "RCPT TO" || command === "DATA");
  return new MailError(refusal, permanent);
}

/** Whether a server refuses how it was greeted, at once or with a later command. */
export function isAboutGreeting(command: string, response: string): boolean {
  return /^(EHLO|HELO)$/.test(command) || /\b(ehlo|helo)\b/i.test(response);
}
