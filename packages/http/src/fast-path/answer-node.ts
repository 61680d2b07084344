import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { STREAMED } from "../csv/write-csv";
import { attachNodeBody } from "../node-body";
import type { RouteAnswer } from "../router";

const compress = promisify(gzip);

/** Smaller answers are not compressed, as with the framework. */
const MIN_COMPRESSED_BYTES = 1_024;

type Options = {
  /** The app's public origin. */
  origin: string;
  /** Headers of every answer. */
  headers: Readonly<Record<string, string>>;
};

/**
 * Answers a Node request with a route: the answer is the same as the framework's. The handler reads the body when it needs it,
 * after authentication.
 */
export async function answerNodeRequest(
  answer: RouteAnswer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { origin, headers }: Options,
): Promise<void> {
  const request = new Request(`${origin}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers: joinHeaders(incoming),
  });
  await writeResponse(await answer(attachNodeBody(request, incoming)), incoming, outgoing, headers);
}

function joinHeaders({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) joined[name] = typeof value === "string" ? value : value.join(", ");
  }
  return joined;
}

/** Writes a web Response to Node's response, compressed when it is large. @param extraHeaders headers besides the answer's */
export async function writeResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  extraHeaders: Readonly<Record<string, string>>,
): Promise<void> {
  const headers: Record<string, string | string[]> = { ...extraHeaders };
  for (const [name, value] of response.headers) if (name !== "set-cookie") headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  if (response.body === null) {
    outgoing.writeHead(response.status, headers).end();
    return;
  }
  if (headers["x-accel-buffering"] === STREAMED["x-accel-buffering"]) {
    outgoing.writeHead(response.status, headers);
    await sendWhileMade(response.body, outgoing);
    return;
  }
  let body: Buffer = Buffer.from(await response.arrayBuffer());
  if (body.length >= MIN_COMPRESSED_BYTES) {
    headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : "Accept-Encoding";
    if (acceptsGzip(incoming)) {
      body = await compress(body);
      headers["content-encoding"] = "gzip";
    }
  }
  headers["content-length"] = String(body.length);
  outgoing.writeHead(response.status, headers).end(body);
}

/** Sends a body piece by piece. An error on the way cuts the connection, so that the reader knows that something is missing. */
async function sendWhileMade(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  try {
    await pipeline(Readable.fromWeb(body as NodeReadableStream), outgoing);
  } catch (error) {
    outgoing.destroy();
    if (!isReaderGone(error)) throw error;
  }
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}

/** Tells whether the caller accepts gzip: it names it with a weight above zero (RFC 9110 section 12.5.3). */
function acceptsGzip({ headers }: IncomingMessage): boolean {
  const accepted = headers["accept-encoding"];
  return (
    typeof accepted === "string" &&
    /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(accepted)
  );
}
