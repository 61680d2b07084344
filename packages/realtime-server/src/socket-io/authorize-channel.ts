import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { parseShallowJson } from "../protocol/client-message";
import type { ChannelAuthorizationOptions } from "./options";

/** A client's question whether it may join a channel. */
export type ChannelQuestion = {
  channel: string;
  socketId: string;
  /** Headers that the page gave to Echo (`auth.headers`). */
  headers: Readonly<Record<string, unknown>>;
  /** Headers of the client's connection. */
  handshake: IncomingHttpHeaders;
  /** Whether the cookies of the connection may go along. */
  withCookies: boolean;
  /** The client's address, for the limits and logs of the back end. */
  address: string;
  signal: AbortSignal;
};

/** `channelData` is the JSON of a member, which presence channels have. `status` 0: the back end did not answer. */
export type ChannelAnswer = { channelData: string | undefined; status?: undefined } | { status: number };

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADERS_CHARACTERS = 16 * 1024;
/** Headers that belong to one connection, or that this server writes itself. */
const OWN_HEADERS =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-.*|accept-encoding|cookie2?|forwarded|x-forwarded-.*|x-real-ip|proxy-.*)$/i;

/** Laravel's `redis` driver answers with an object, its `pusher` driver with the JSON of one. */
const answerSchema = z.object({ channel_data: z.union([z.string(), z.looseObject({})]).nullish() });

/**
 * Asks the back end, as laravel-echo-server does: any answer of 200 allows the channel. The socket's id goes along, for back ends that note it.
 * Never throws.
 */
export async function authorizeChannel(
  { hosts, endpoint, timeoutMs = DEFAULT_TIMEOUT_MS }: ChannelAuthorizationOptions,
  question: ChannelQuestion,
): Promise<ChannelAnswer> {
  const headers = headersOf(question);
  if (headers === undefined) return { status: 400 };
  const url = new URL(endpoint, chooseHost(hosts, question.handshake.referer ?? question.handshake.origin));
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: new URLSearchParams({ channel_name: question.channel, socket_id: question.socketId }),
      redirect: "manual",
      signal: AbortSignal.any([question.signal, AbortSignal.timeout(timeoutMs)]),
    });
    const text = await readText(response);
    if (response.status !== 200) return { status: response.status };
    return text === undefined ? { status: 0 } : { channelData: readChannelData(text) };
  } catch {
    return { status: 0 };
  }
}

function headersOf({ headers: given, handshake, withCookies, address }: ChannelQuestion): Headers | undefined {
  const headers = new Headers({ accept: "application/json" });
  let characters = 0;
  try {
    for (const [name, value] of Object.entries(given)) {
      if (typeof value !== "string" && typeof value !== "number") continue;
      characters += name.length + String(value).length;
      if (characters > MAX_HEADERS_CHARACTERS) return undefined;
      if (!OWN_HEADERS.test(name)) headers.set(name, String(value));
    }
  } catch {
    return undefined;
  }
  headers.set("x-requested-with", "XMLHttpRequest");
  headers.set("x-forwarded-for", address);
  if (withCookies && handshake.cookie !== undefined) headers.set("cookie", handshake.cookie);
  return headers;
}

/** Whether a text names a back end: an origin, a host name, or `.example.com`. */
export function isAuthHost(text: string): boolean {
  const url = URL.parse(text.includes("://") ? text : `http://${text.replace(/^\./, "")}`);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "" && url.username === ""
  );
}

/** The host to ask: that of the page, where the settings name it. */
export function chooseHost(hosts: readonly string[], page: string | undefined): string {
  const url = page === undefined ? null : URL.parse(page);
  const isOfPage = ({ origin, host, hostname }: URL) =>
    hosts.some((entry) =>
      entry.startsWith(".") ? hostname.endsWith(entry) : [origin, host, `${origin}/`].includes(entry),
    );
  if (url !== null && isOfPage(url)) return url.origin;
  const first = hosts.find((entry) => !entry.startsWith(".")) ?? "localhost";
  return first.includes("://") ? first : `http://${first}`;
}

/** @returns undefined for an answer that is too long */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function readChannelData(text: string): string | undefined {
  const data = answerSchema.safeParse(parseShallowJson(text)).data?.channel_data ?? undefined;
  return typeof data === "object" ? JSON.stringify(data) : data;
}
