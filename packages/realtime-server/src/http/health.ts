import type { ServerContext } from "../context";
import { ok, type Reply } from "./reply";

/** `/health/live`, and `/health/ready`, which `/health` is short for; undefined for every other path. */
export function healthReply(path: string, context: ServerContext): Reply | undefined {
  if (path === "/health/live") return ok({ status: "ok" });
  if (path !== "/health/ready" && path !== "/health") return undefined;
  return context.isDraining()
    ? { status: 503, body: { status: "draining", ready: false } }
    : ok({ status: "ok", ready: true });
}
