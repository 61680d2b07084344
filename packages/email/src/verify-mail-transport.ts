import nodemailer from "nodemailer";
import { z } from "zod";
import { ehloName } from "./ehlo-name";
import type { MailEnv } from "./env";
import { isAboutGreeting, SMTP_TIMEOUTS_MS, smtpError } from "./smtp";

/** `unknown`: the transport answers, and does not say whether it would send. */
export type TransportReport = { state: "works" | "broken" | "unknown"; detail: string };

const RESEND_URL = "https://api.resend.com";
/** A person waits for this answer. */
const SOCKET_TIMEOUT_MS = 8_000;
const domains = z.object({ data: z.array(z.object({ name: z.string(), status: z.string() })) });

/** Asks the mail transport whether it would take our mails; nothing is sent. Details hold no credentials. */
export function verifyMailTransport(env: MailEnv, signal: AbortSignal): Promise<TransportReport> {
  return env.RESEND_API_KEY === undefined ? verifySmtp(env) : verifyResend(env, env.RESEND_API_KEY, signal);
}

/** Connects, speaks TLS where the server does, and signs in. */
async function verifySmtp(env: MailEnv): Promise<TransportReport> {
  const { SMTP_URL } = env;
  if (SMTP_URL === undefined) return { state: "broken", detail: "neither RESEND_API_KEY nor SMTP_URL is set" };
  const greeting = ehloName(env);
  const transport = nodemailer.createTransport({
    url: SMTP_URL,
    name: greeting,
    ...SMTP_TIMEOUTS_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { host } = new URL(SMTP_URL);
  try {
    await transport.verify();
    return { state: "works", detail: `${host} takes our sign-in, greeted as ${greeting}` };
  } catch (error) {
    const { code = "no answer", command = "", response = "", responseCode = "" } = smtpError.catch({}).parse(error);
    if (isAboutGreeting(command, response)) {
      const detail = `${host} refuses to be greeted as ${greeting} (${responseCode}): set SMTP_EHLO_NAME`;
      return { state: "broken", detail };
    }
    return { state: "broken", detail: `${host}: ${code}` };
  } finally {
    transport.close();
  }
}

/** A key that may only send cannot list domains: Resend then says so by name. */
async function verifyResend(env: MailEnv, key: string, signal: AbortSignal): Promise<TransportReport> {
  if (!key.startsWith("re_")) return { state: "broken", detail: "RESEND_API_KEY does not begin with re_" };
  const response = await fetch(`${env.RESEND_BASE_URL ?? RESEND_URL}/domains`, {
    headers: { authorization: `Bearer ${key}` },
    signal,
  }).catch(() => null);
  if (response === null) return { state: "broken", detail: "Resend does not answer" };
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const name: unknown = typeof answer === "object" && answer !== null ? Reflect.get(answer, "name") : undefined;
    if (name === "restricted_api_key") return { state: "unknown", detail: "Resend knows the key, which may only send" };
    return {
      state: "broken",
      detail: `Resend answers ${response.status}${typeof name === "string" ? ` ${name}` : ""}`,
    };
  }
  const domain = env.MAIL_FROM.address.split("@").at(-1);
  const known = domains.safeParse(answer).data?.data.find(({ name }) => name === domain);
  if (known?.status === "verified") return { state: "works", detail: `Resend, ${domain} is verified` };
  return { state: "broken", detail: `Resend does not send from ${domain}: ${known?.status ?? "unknown to it"}` };
}
