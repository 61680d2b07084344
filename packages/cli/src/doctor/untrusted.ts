import { accessSync, constants } from "node:fs";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type PeerCertificate, type TLSSocket } from "node:tls";
import type { Finding } from "./check";

type Protocol = { port: number /** What is said before TLS begins. */; begin?: (socket: Socket) => Promise<void> };

/** Addresses that are asked over TLS, or may be. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  "https:": { port: 443 },
  "wss:": { port: 443 },
  "rediss:": { port: 6379 },
  "smtps:": { port: 465 },
  "smtp:": { port: 587, begin: startTls },
  "postgresql:": { port: 5432, begin: requestSsl },
  "postgres:": { port: 5432, begin: requestSsl },
};

/** What an authority that Node does not know looks like; other faults are the certificate's own. */
const UNKNOWN_AUTHORITY =
  /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_SIGNATURE_FAILURE)/;

/**
 * The first of these addresses whose certificate Node refuses, told by name, with what to do; null when there is none.
 * Libraries say as little as "fetch failed" or "not reached" of it.
 */
export async function findUntrusted(addresses: readonly string[], signal: AbortSignal): Promise<Finding | null> {
  for (const address of new Set(addresses)) {
    const found = await examine(new URL(address), signal).catch(() => null);
    if (found) return found;
  }
  return null;
}

async function examine({ protocol, hostname, port }: URL, signal: AbortSignal): Promise<Finding | null> {
  const how = PROTOCOLS[protocol];
  if (!how) return null;
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const number = Number(port) || how.port;
  const socket = connect({ host, port: number, signal });
  try {
    await once(socket, "connect");
    await how.begin?.(socket);
    const secure = connectTls({ socket, rejectUnauthorized: false, ...(isIP(host) ? { host } : { servername: host }) });
    secure.on("error", () => undefined);
    await once(secure, "secureConnect");
    const finding = secure.authorized ? null : describe(`${host}:${number}`, secure);
    secure.destroy();
    return finding;
  } finally {
    socket.destroy();
  }
}

function describe(address: string, socket: TLSSocket): Finding {
  // Types say Error; it is the code.
  const code = String(socket.authorizationError);
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const issuer = certificate.issuer?.CN ?? certificate.issuer?.O ?? "nobody";
  const until = certificate.valid_to ? `, valid until ${certificate.valid_to}` : "";
  return {
    state: "fail",
    detail: `the certificate of ${address} is refused (issued by ${issuer}${until}): ${code}`,
    advice: UNKNOWN_AUTHORITY.test(code) ? authorityAdvice() : "Renew the certificate, or give it this name.",
  };
}

function authorityAdvice(): string {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (!file) return "Set NODE_EXTRA_CA_CERTS to the PEM file of the authority, in the environment of every process.";
  try {
    accessSync(file, constants.R_OK);
  } catch {
    return `NODE_EXTRA_CA_CERTS names ${file}, which cannot be read: correct it, or its permissions.`;
  }
  return `NODE_EXTRA_CA_CERTS names ${file}: add this authority to it, and what lies between it and the certificate.`;
}

/** RFC 3207. */
async function startTls(socket: Socket): Promise<void> {
  await reply(socket, /^220 /m);
  socket.write("EHLO doctor.invalid\r\n");
  await reply(socket, /^250 /m);
  socket.write("STARTTLS\r\n");
  await reply(socket, /^220 /m);
}

/** The SSLRequest message of PostgreSQL's protocol. */
async function requestSsl(socket: Socket): Promise<void> {
  socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  await reply(socket, /^S$/);
}

/** Reads until the server has said it. @throws Error when it ends or says something else */
async function reply(socket: Socket, expected: RegExp): Promise<void> {
  let text = "";
  while (!expected.test(text)) {
    const [chunk] = await once(socket, "data");
    text += String(chunk);
    if (/^([45]\d\d |N$)/m.test(text)) throw new Error("no TLS here");
  }
}

/** One event, or the socket's end. */
function once(socket: Socket, event: "connect" | "data" | "secureConnect"): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      socket.off(event, happened).off("error", failed).off("close", ended);
      finish();
    };
    const happened = (...values: unknown[]) => settle(() => resolve(values));
    const failed = (error: Error) => settle(() => reject(error));
    const ended = () => settle(() => reject(new Error("closed")));
    socket.once(event, happened).once("error", failed).once("close", ended);
  });
}
