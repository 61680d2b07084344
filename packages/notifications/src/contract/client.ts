import { object, type Shape, string } from "@mgs/core/shape";
import {
  type InboxChanges,
  type InboxCount,
  type InboxPage,
  type InboxState,
  inboxChanges,
  inboxCount,
  inboxPage,
  inboxState,
  type NotificationDto,
  notificationDto,
} from "./answers";
import { changesApiPath, inboxApiPath, notificationApiPath, readAllApiPath, unreadCountApiPath } from "./links";
import type { InboxFilter } from "./rules";
import type { UpdateInput } from "./schemas";

/** An answer of the API that is no success; `status` 0: no answer came. */
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

const failure = object({ error: object({ code: string, message: string }) });

/** Creates typed calls to the inbox API of the page's own portal, by session cookie. */
export function createInboxClient(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
  async function call<T>(shape: Shape<T>, method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetcher(path, {
      method,
      cache: "no-store",
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    }).catch(() => {
      throw new ApiError(0, "NETWORK", "no answer");
    });
    const json: unknown = await response.json().catch(() => null);
    if (!response.ok) {
      const error = failure(json) ? json.error : { code: "INTERNAL_ERROR", message: response.statusText };
      throw new ApiError(
        response.status,
        error.code,
        error.message,
        Number(response.headers.get("retry-after")) || undefined,
      );
    }
    const success = object<{ data: T }>({ data: shape });
    if (!success(json)) throw new ApiError(response.status, "INTERNAL_ERROR", "an answer of another shape");
    return json.data;
  }

  return {
    list: (filter: InboxFilter, cursor?: string): Promise<InboxPage> =>
      call(inboxPage, "GET", inboxApiPath(filter, cursor)),
    get: (id: string): Promise<NotificationDto> => call(notificationDto, "GET", notificationApiPath(id)),
    count: (): Promise<InboxCount> => call(inboxCount, "GET", unreadCountApiPath()),
    changes: (after: number): Promise<InboxChanges> => call(inboxChanges, "GET", changesApiPath(after)),
    update: (id: string, input: UpdateInput): Promise<InboxState> =>
      call(inboxState, "PATCH", notificationApiPath(id), input),
    remove: (id: string): Promise<InboxState> => call(inboxState, "DELETE", notificationApiPath(id)),
    readAll: (): Promise<InboxState> => call(inboxState, "POST", readAllApiPath(), {}),
  };
}
export type InboxClient = ReturnType<typeof createInboxClient>;
