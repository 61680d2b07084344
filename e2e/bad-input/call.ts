import { request } from "node:http";
import { text } from "node:stream/consumers";

export type Call = {
  method?: string;
  /** The path, which is sent unchanged: `fetch` would normalize `//`, `%2e` and the like. */
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  /** Whether the body is sent in chunks, without its length. */
  chunked?: boolean;
};

export type Answer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body when it is JSON. */
  json: unknown;
};

const RESPONSE_TIMEOUT_MS = 60_000;

/** Makes one HTTP request without normalizing it; it follows no redirect. */
export async function send(
  origin: string,
  { method = "GET", path, headers = {}, body, chunked = false }: Call,
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const length = body === undefined || chunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    let answered = false;
    const outgoing = request({
      hostname,
      port,
      method,
      path,
      headers: { ...length, ...headers },
      agent: false,
      timeout: RESPONSE_TIMEOUT_MS,
    });
    outgoing.on("response", async (response) => {
      answered = true;
      // A server that refuses need not read the rest of the body: its answer counts, not the end of the upload.
      const content = await text(response).catch(() => "");
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: content, json: parse(content) });
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)));
    outgoing.on("error", (error) => {
      if (!answered) reject(error);
    });
    if (body === undefined) return outgoing.end();
    if (!chunked) return outgoing.end(body);
    outgoing.setHeader("transfer-encoding", "chunked");
    outgoing.write(body);
    outgoing.end();
  });
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
