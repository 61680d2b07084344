import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { withNodeBody } from "../node-body";
import type { RouteAnswer } from "../router";

const compress = promisify(gzip);

/** Bytes from which an answer is compressed: below, the framework does not either. */
const COMPRESS_FROM = 1_024;

type Options = {
  /** The app's public origin. */
  origin: string;
  /** Headers that every answer carries. */
  headers: Readonly<Record<string, string>>;
};

/**
 * Answers a Node request with a route: the same route, and the same answer, as by the framework. The body is read when
 * the handler asks for it, never before it knows who calls.
 */
export async function answerNode(
  answer: RouteAnswer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { origin, headers }: Options,
): Promise<void> {
  const request = new Request(`${origin}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers: headersOf(incoming),
  });
  await writeResponse(await answer(withNodeBody(request, incoming)), incoming, outgoing, headers);
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const one: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) one[name] = typeof value === "string" ? value : value.join(", ");
  }
  return one;
}

/** Sends a web answer over Node's own, compressed where that is worth it. @param more headers besides the answer's */
export async function writeResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const headers: Record<string, string | string[]> = { ...more };
  for (const [name, value] of response.headers) if (name !== "set-cookie") headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  if (response.body === null) {
    outgoing.writeHead(response.status, headers).end();
    return;
  }
  let body: Buffer = Buffer.from(await response.arrayBuffer());
  if (body.length >= COMPRESS_FROM) {
    headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : "Accept-Encoding";
    if (acceptsGzip(incoming)) {
      body = await compress(body);
      headers["content-encoding"] = "gzip";
    }
  }
  headers["content-length"] = String(body.length);
  outgoing.writeHead(response.status, headers).end(body);
}

/** RFC 9110 section 12.5.3: named, and not with a weight of zero. */
function acceptsGzip({ headers }: IncomingMessage): boolean {
  const accepted = headers["accept-encoding"];
  return (
    typeof accepted === "string" &&
    /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(accepted)
  );
}
