import { z } from "zod";
import {
  type InboxChanges,
  type InboxCount,
  type InboxFilter,
  type InboxPage,
  type InboxState,
  inboxChanges,
  inboxCount,
  inboxPage,
  inboxState,
  type NotificationDto,
  notificationDto,
  type UpdateInput,
} from "./schemas";

/** The server's refusal, or none at all (`status` 0: no answer from the network). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  /** Seconds, from `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const failure = z.object({ success: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) });

const envelope = z.object({ data: z.unknown() });

/** Typed calls to the inbox of the portal the page belongs to, by session cookie. */
export function createInboxClient(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
  async function call<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<T>> {
    const response = await fetcher(`/api/notifications${path}`, {
      method,
      cache: "no-store",
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    }).catch(() => {
      throw new ApiError(0, "NETWORK", "no answer");
    });
    const json: unknown = await response.json().catch(() => null);
    if (!response.ok) {
      const refusal = failure.safeParse(json);
      const error = refusal.success ? refusal.data.error : { code: "INTERNAL_ERROR", message: response.statusText };
      throw new ApiError(
        response.status,
        error.code,
        error.message,
        Number(response.headers.get("retry-after")) || undefined,
      );
    }
    return schema.parse(envelope.parse(json).data);
  }

  return {
    list: (filter: InboxFilter, cursor?: string): Promise<InboxPage> =>
      call(inboxPage, "GET", `?${new URLSearchParams({ filter, ...(cursor ? { cursor } : {}) })}`),
    get: (id: string): Promise<NotificationDto> => call(notificationDto, "GET", `/${id}`),
    count: (): Promise<InboxCount> => call(inboxCount, "GET", "/unread-count"),
    changes: (after: number): Promise<InboxChanges> => call(inboxChanges, "GET", `/changes?after=${after}`),
    update: (id: string, input: UpdateInput): Promise<InboxState> => call(inboxState, "PATCH", `/${id}`, input),
    remove: (id: string): Promise<InboxState> => call(inboxState, "DELETE", `/${id}`),
    readAll: (): Promise<InboxState> => call(inboxState, "POST", "/read-all", {}),
  };
}
export type InboxClient = ReturnType<typeof createInboxClient>;
