import { object, type Shape, string } from "@mgs/core/shape";
import { sessionFetch } from "../page-session";
import { learnServerTime } from "../time/server-clock";

/** A refusal of the API, with the words for people. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterMs: number | null;

  constructor(response: Response, body: unknown) {
    const error = failure(body) ? body.error : { code: "UNAVAILABLE", message: "" };
    const [detail] = withDetails(error) ? error.details : [];
    super(isMessage(detail) ? detail.message : error.message);
    this.code = error.code;
    this.status = response.status;
    this.data = withData(error) ? (error.data as Readonly<Record<string, unknown>>) : undefined;
    const seconds = Number(response.headers.get("retry-after"));
    this.retryAfterMs = seconds > 0 ? seconds * 1_000 : null;
  }
}

const failure = object({ error: object({ code: string, message: string }) });
const isMessage = object({ message: string });
const withDetails: Shape<{ details: unknown[] }> = (value): value is { details: unknown[] } =>
  typeof value === "object" && value !== null && "details" in value && Array.isArray(value.details);
const withData = object({ data: object({}) });

type Call = { method?: string; body?: unknown; socketId?: string | undefined; keepalive?: boolean };

/**
 * Calls the portal's own API.
 * @throws Refusal for a refusal, TypeError without a network
 */
export async function callApi(
  path: string,
  { method = "GET", body, socketId, keepalive }: Call = {},
): Promise<unknown> {
  const response = await sessionFetch(path, {
    ...{ method, cache: "no-store", ...(keepalive ? { keepalive } : {}) },
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(socketId === undefined ? {} : { "x-socket-id": socketId }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  learnServerTime(response.headers.get("date"));
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(response, answer);
  return (answer as { data?: unknown } | null)?.data;
}

/** Checks what a server has answered. @throws Error for another shape */
export function checkShape<T>(shape: Shape<T>, data: unknown): T {
  if (!shape(data)) throw new Error("the server answered with another shape");
  return data;
}
