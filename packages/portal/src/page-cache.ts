import type { IncomingMessage, ServerResponse } from "node:http";
import { writeResponse } from "@mgs/http/fast-path/answer-node";
import { answerHeaders, type PagePolicySettings } from "./answer-headers";

/** Values that differ between two renderings of one page. */
type PlaceholderValues = { nonce: string; id: string; now: string };
type Placeholder = keyof PlaceholderValues;

/** A text, and the places of its placeholders. */
type Pieces = (string | { placeholder: Placeholder })[];

/** A rendered page. Headers may hold a nonce as well: one tells browsers of stylesheets ahead of the page. */
type Template = { headers: [string, Pieces][]; body: Pieces };

/** `isConfirmed` is true once a second rendering was equal in everything but its placeholders; only then it is served. */
type Entry = { template: Template; isConfirmed: boolean };

/** A key has few values; the bound holds memory if one ever has many. */
const MAX_ENTRIES = 200;

/** Headers of one answer alone. */
const OF_ONE_ANSWER = new Set([
  "connection",
  "keep-alive",
  "date",
  "transfer-encoding",
  "content-length",
  "etag",
  "vary",
  "content-security-policy",
]);

type PageRequest = {
  /** All that the page's content depends on, `id` excepted. */
  key: string;
  /** The part of the address that is the visitor's own. */
  id: string;
  /** A rendering without this text is not cached: some error pages of the framework have status 200. */
  requiredText: string;
  pathname: string;
  /** The only headers that the framework gets to see when it renders the page for us, `host` among them. */
  headers: Record<string, string>;
  policy: PagePolicySettings;
};

/**
 * Caches pages that the framework has rendered and that are equal for all visitors, and serves them with a new nonce, id
 * and time. The framework sees nothing of a visitor but `headers`, so that a page cannot depend on more than its key; and
 * a page is served from the cache only after two renderings were equal in everything but these three placeholders.
 */
export function createPageCache() {
  const entries = new Map<string, Entry>();

  function learn(key: string, template: Template): void {
    const before = entries.get(key);
    const isConfirmed = before !== undefined && JSON.stringify(before.template) === JSON.stringify(template);
    if (before === undefined && entries.size >= MAX_ENTRIES) entries.clear();
    entries.set(key, { template, isConfirmed });
  }

  return async (
    req: IncomingMessage,
    res: ServerResponse,
    leave: () => void,
    { key, id, requiredText, pathname, headers: seen, policy }: PageRequest,
  ): Promise<void> => {
    const entry = entries.get(key);
    if (!entry?.isConfirmed) {
      req.headers = { ...seen };
      listen(res, (answer, html) => {
        const template = html.includes(requiredText) ? templateOf(answer, html, id) : null;
        if (template) learn(key, template);
      });
      return leave();
    }
    const { nonce, always } = answerHeaders(policy, pathname);
    const values: PlaceholderValues = { nonce, id, now: String(Date.now()) };
    const fill = (pieces: Pieces) =>
      pieces.map((one) => (typeof one === "string" ? one : values[one.placeholder])).join("");
    const { headers: cached, body } = entry.template;
    const own = Object.entries(always).map(([name, value]) => [name.toLowerCase(), value]);
    const headers = Object.fromEntries([...cached.map(([name, pieces]) => [name, fill(pieces)]), ...own]);
    await writeResponse(new Response(fill(body), { headers }), req, res, {});
  };
}

/** Calls back with what is written as an answer, once it has been written whole. */
function listen(res: ServerResponse, whole: (answer: ServerResponse, html: string) => void): void {
  const chunks: Buffer[] = [];
  const { write, end } = res;
  const note = (chunk: unknown): void => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  res.write = function noted(this: ServerResponse, ...args: unknown[]) {
    note(args[0]);
    return Reflect.apply(write, this, args);
  };
  res.end = function noted(this: ServerResponse, ...args: unknown[]) {
    note(args[0]);
    return Reflect.apply(end, this, args);
  };
  res.once("finish", () => whole(res, Buffer.concat(chunks).toString()));
}

/** Returns null for an answer that is not cached: an error, a redirect, an answer with a cookie, another encoding. */
function templateOf(res: ServerResponse, html: string, id: string): Template | null {
  const headers = res.getHeaders();
  const nonce = /'nonce-([\w+/=-]+)'/.exec(String(headers["content-security-policy"]))?.[1];
  const page = res.statusCode === 200 && String(headers["content-type"]).startsWith("text/html");
  if (!page || nonce === undefined || headers["set-cookie"] || headers["content-encoding"]) return null;
  const own = new Map<string, Placeholder>([
    [nonce, "nonce"],
    [id, "id"],
  ]);
  const now = /\\"now\\":(\d{13})\b/.exec(html)?.[1];
  if (now !== undefined) own.set(now, "now");
  const places = new RegExp(`(${[...own.keys()].map((text) => text.replaceAll("+", "\\+")).join("|")})`);
  const cut = (text: string): Pieces =>
    text.split(places).map((piece) => {
      const placeholder = own.get(piece);
      return placeholder ? { placeholder } : piece;
    });
  const cached = Object.entries(headers).filter(([name]) => !OF_ONE_ANSWER.has(name));
  return { headers: cached.map(([name, value]) => [name, cut([value].flat().join(", "))]), body: cut(html) };
}
