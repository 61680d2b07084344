import { randomUUID } from "node:crypto";
import { isRequestId } from "@mgs/core/request-context";

/** A proxy's `x-request-id` when it is fit for a log line, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return isRequestId(given) ? given : randomUUID();
}
