import type { IncomingMessage, ServerResponse } from "node:http";
import { writeResponse } from "@mgs/http/fast-path/answer-node";
import { createAnswerHeaders, type PagePolicySettings } from "./answer-headers";

/** Values that differ between two renderings of one page. */
type PlaceholderValues = { nonce: string; id: string; now: string };
type Placeholder = keyof PlaceholderValues;

/** A text split at its placeholders. */
type Pieces = (string | { placeholder: Placeholder })[];

/** A rendered page. Headers may contain a nonce as well, such as the one that announces stylesheets. */
type Template = { headers: [string, Pieces][]; body: Pieces };

/** `isConfirmed` is true once a second rendering differed in its placeholders alone; only then the entry is served. */
type Entry = { template: Template; isConfirmed: boolean };

/** Bounds the memory. Pages have few keys. */
const MAX_ENTRIES = 200;

/** Headers that belong to a single answer. */
const UNCACHED_HEADERS = new Set([
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
  /** Everything that the page's content depends on, except `id`. */
  key: string;
  /** The part of the address that differs between visitors. */
  id: string;
  /** A rendering is cached only when it contains this text, since some error pages of the framework have status 200. */
  requiredText: string;
  pathname: string;
  /** The only headers that the framework sees when it renders a page for the cache, such as `host`. */
  headers: Record<string, string>;
  policy: PagePolicySettings;
};

/**
 * Creates a cache of rendered pages that are equal for all visitors, and serves them with a new nonce, id and time. The
 * framework sees only `headers` of a visitor, so that a page depends on its key alone. The cache serves a page only after two
 * renderings differed in these three placeholders alone.
 */
export function createPageCache() {
  const entries = new Map<string, Entry>();

  function store(key: string, template: Template): void {
    const before = entries.get(key);
    const isConfirmed = before !== undefined && JSON.stringify(before.template) === JSON.stringify(template);
    if (before === undefined && entries.size >= MAX_ENTRIES) entries.clear();
    entries.set(key, { template, isConfirmed });
  }

  return async (
    req: IncomingMessage,
    res: ServerResponse,
    passThrough: () => void,
    { key, id, requiredText, pathname, headers: visibleHeaders, policy }: PageRequest,
  ): Promise<void> => {
    const entry = entries.get(key);
    if (!entry?.isConfirmed) {
      req.headers = { ...visibleHeaders };
      onceWritten(res, (answer, html) => {
        const template = html.includes(requiredText) ? toTemplate(answer, html, id) : null;
        if (template) store(key, template);
      });
      return passThrough();
    }
    const { nonce, always } = createAnswerHeaders(policy, pathname);
    const values: PlaceholderValues = { nonce, id, now: String(Date.now()) };
    const fill = (pieces: Pieces) =>
      pieces.map((one) => (typeof one === "string" ? one : values[one.placeholder])).join("");
    const { headers: cached, body } = entry.template;
    const own = Object.entries(always).map(([name, value]) => [name.toLowerCase(), value]);
    const headers = Object.fromEntries([...cached.map(([name, pieces]) => [name, fill(pieces)]), ...own]);
    await writeResponse(new Response(fill(body), { headers }), req, res, {});
  };
}

/** Calls `onWritten` with the whole answer once it has been written. */
function onceWritten(res: ServerResponse, onWritten: (answer: ServerResponse, html: string) => void): void {
  const chunks: Buffer[] = [];
  const { write, end } = res;
  const collect = (chunk: unknown): void => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  res.write = function noted(this: ServerResponse, ...args: unknown[]) {
    collect(args[0]);
    return Reflect.apply(write, this, args);
  };
  res.end = function noted(this: ServerResponse, ...args: unknown[]) {
    collect(args[0]);
    return Reflect.apply(end, this, args);
  };
  res.once("finish", () => onWritten(res, Buffer.concat(chunks).toString()));
}

/** Returns null for an answer that is not cached: an error, a redirect, an answer with a cookie, another encoding. */
function toTemplate(res: ServerResponse, html: string, id: string): Template | null {
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
  const cached = Object.entries(headers).filter(([name]) => !UNCACHED_HEADERS.has(name));
  return { headers: cached.map(([name, value]) => [name, cut([value].flat().join(", "))]), body: cut(html) };
}
