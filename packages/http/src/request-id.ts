import { randomUUID } from "node:crypto";
import { isRequestId } from "@mgs/core/request-context";

/** Returns a proxy's `x-request-id` when it is valid, else a new id. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return isRequestId(given) ? given : randomUUID();
}
