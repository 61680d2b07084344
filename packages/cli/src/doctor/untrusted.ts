import { accessSync, constants } from "node:fs";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type PeerCertificate, type TLSSocket } from "node:tls";
import type { Finding } from "./check";

type Protocol = {
  port: number;
  /** Makes the server switch to TLS. */
  begin?: (socket: Socket) => Promise<void>;
};

/** Protocols that may use TLS. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  "https:": { port: 443 },
  "wss:": { port: 443 },
  "rediss:": { port: 6379 },
  "smtps:": { port: 465 },
  "smtp:": { port: 587, begin: startTls },
  "postgresql:": { port: 5432, begin: requestSsl },
  "postgres:": { port: 5432, begin: requestSsl },
};

/** Matches error codes of an authority that Node does not know; other codes concern the certificate itself. */
const UNKNOWN_AUTHORITY_PATTERN =
  /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_SIGNATURE_FAILURE)/;

/**
 * Finds the first of these addresses whose certificate Node refuses. Libraries report it merely as "fetch failed" or
 * "not reached".
 * @returns a finding with the address and advice; null when every certificate is accepted
 */
export async function findUntrusted(addresses: readonly string[], signal: AbortSignal): Promise<Finding | null> {
  for (const address of new Set(addresses)) {
    const found = await examineCertificate(new URL(address), signal).catch(() => null);
    if (found) return found;
  }
  return null;
}

async function examineCertificate({ protocol, hostname, port }: URL, signal: AbortSignal): Promise<Finding | null> {
  const how = PROTOCOLS[protocol];
  if (!how) return null;
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const number = Number(port) || how.port;
  const socket = connect({ host, port: number, signal });
  try {
    await waitForEvent(socket, "connect");
    await how.begin?.(socket);
    const secure = connectTls({ socket, rejectUnauthorized: false, ...(isIP(host) ? { host } : { servername: host }) });
    secure.on("error", () => undefined);
    await waitForEvent(secure, "secureConnect");
    const finding = secure.authorized ? null : describeRefusedCertificate(`${host}:${number}`, secure);
    secure.destroy();
    return finding;
  } finally {
    socket.destroy();
  }
}

function describeRefusedCertificate(address: string, socket: TLSSocket): Finding {
  // Node's types declare an Error; the value is its code.
  const code = String(socket.authorizationError);
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const issuer = certificate.issuer?.CN ?? certificate.issuer?.O ?? "nobody";
  const until = certificate.valid_to ? `, valid until ${certificate.valid_to}` : "";
  return {
    state: "fail",
    detail: `the certificate of ${address} is refused (issued by ${issuer}${until}): ${code}`,
    advice: UNKNOWN_AUTHORITY_PATTERN.test(code) ? adviseOnAuthority() : "Renew the certificate, or give it this name.",
  };
}

function adviseOnAuthority(): string {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (!file) return "Set NODE_EXTRA_CA_CERTS to the PEM file of the authority, in the environment of every process.";
  try {
    accessSync(file, constants.R_OK);
  } catch {
    return `NODE_EXTRA_CA_CERTS names ${file}, which cannot be read: correct it, or its permissions.`;
  }
  return `NODE_EXTRA_CA_CERTS names ${file}: add this authority to it, and what lies between it and the certificate.`;
}

/** Starts TLS in SMTP (RFC 3207). */
async function startTls(socket: Socket): Promise<void> {
  await readReply(socket, /^220 /m);
  socket.write("EHLO doctor.invalid\r\n");
  await readReply(socket, /^250 /m);
  socket.write("STARTTLS\r\n");
  await readReply(socket, /^220 /m);
}

/** Sends the SSLRequest message of PostgreSQL's protocol. */
async function requestSsl(socket: Socket): Promise<void> {
  socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  await readReply(socket, /^S$/);
}

/** Reads until the expected reply. @throws Error when the connection ends or the server refuses */
async function readReply(socket: Socket, expected: RegExp): Promise<void> {
  let text = "";
  while (!expected.test(text)) {
    const [chunk] = await waitForEvent(socket, "data");
    text += String(chunk);
    if (/^([45]\d\d |N$)/m.test(text)) throw new Error("no TLS here");
  }
}

/** Waits for an event. @throws Error when the socket ends first */
function waitForEvent(socket: Socket, event: "connect" | "data" | "secureConnect"): Promise<unknown[]> {
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
