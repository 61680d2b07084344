import type { IncomingMessage, ServerResponse } from "node:http";
import { writeResponse } from "@mgs/http/front/answer-node";
import { answerHeaders, type PagePolicySettings } from "./answer-headers";

/** What differs between two renderings of one page. */
type Blanks = { nonce: string; id: string; now: string };
type Blank = keyof Blanks;

/** A text, and the places of what differs. */
type Pieces = (string | { blank: Blank })[];

/** A rendered page. Headers may hold a nonce as well: one tells browsers of stylesheets ahead of the page. */
type Template = { headers: [string, Pieces][]; body: Pieces };

/** `kept` once a second rendering was the same but for its blanks: only then is it known to say nothing else. */
type Entry = { template: Template; kept: boolean };

/** Pages are the same for everybody, so there are few; a bound all the same. */
const MOST = 200;

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
  /** A text without which it is another page: what the framework says of an error has a status of 200 as well. */
  mark: string;
  pathname: string;
  /** The only headers that the framework gets to see when it renders the page for us, `host` among them. */
  headers: Record<string, string>;
  policy: PagePolicySettings;
};

/**
 * Keeps pages that the framework has rendered and that say the same to everybody, and gives them again with a nonce, an
 * id and a time of their own. The framework sees nothing of a visitor but `headers`, so that a page cannot depend on
 * more than its key; and a page is kept only after two renderings were equal in everything but those three.
 */
export function createKeptPages() {
  const entries = new Map<string, Entry>();

  function learn(key: string, template: Template): void {
    const before = entries.get(key);
    const kept = before !== undefined && JSON.stringify(before.template) === JSON.stringify(template);
    if (before === undefined && entries.size >= MOST) entries.clear();
    entries.set(key, { template, kept });
  }

  return async (
    req: IncomingMessage,
    res: ServerResponse,
    leave: () => void,
    { key, id, mark, pathname, headers: seen, policy }: PageRequest,
  ): Promise<void> => {
    const entry = entries.get(key);
    if (!entry?.kept) {
      req.headers = { ...seen };
      listen(res, (answer, html) => {
        const template = html.includes(mark) ? templateOf(answer, html, id) : null;
        if (template) learn(key, template);
      });
      return leave();
    }
    const { nonce, always } = answerHeaders(policy, pathname);
    const blanks: Blanks = { nonce, id, now: String(Date.now()) };
    const fill = (pieces: Pieces) => pieces.map((one) => (typeof one === "string" ? one : blanks[one.blank])).join("");
    const { headers: kept, body } = entry.template;
    const own = Object.entries(always).map(([name, value]) => [name.toLowerCase(), value]);
    const headers = Object.fromEntries([...kept.map(([name, pieces]) => [name, fill(pieces)]), ...own]);
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

/** Null for what is not a page to keep: an error, a redirect, an answer with a cookie, another encoding. */
function templateOf(res: ServerResponse, html: string, id: string): Template | null {
  const headers = res.getHeaders();
  const nonce = /'nonce-([\w+/=-]+)'/.exec(String(headers["content-security-policy"]))?.[1];
  const page = res.statusCode === 200 && String(headers["content-type"]).startsWith("text/html");
  if (!page || nonce === undefined || headers["set-cookie"] || headers["content-encoding"]) return null;
  const own = new Map<string, Blank>([
    [nonce, "nonce"],
    [id, "id"],
  ]);
  const now = /\\"now\\":(\d{13})\b/.exec(html)?.[1];
  if (now !== undefined) own.set(now, "now");
  const places = new RegExp(`(${[...own.keys()].map((text) => text.replaceAll("+", "\\+")).join("|")})`);
  const cut = (text: string): Pieces =>
    text.split(places).map((piece) => {
      const blank = own.get(piece);
      return blank ? { blank } : piece;
    });
  const kept = Object.entries(headers).filter(([name]) => !OF_ONE_ANSWER.has(name));
  return { headers: kept.map(([name, value]) => [name, cut([value].flat().join(", "))]), body: cut(html) };
}
