import type { ServerContext } from "../context";
import { ok, type Reply } from "./reply";

/** Each with Soketi's paths behind it, so that existing probes of Soketi work. */
const LIVE: ReadonlySet<string> = new Set(["/health/live", "/"]);
const READY: ReadonlySet<string> = new Set(["/health/ready", "/health", "/ready", "/accept-traffic"]);

/** `/health/live`, and `/health/ready`, which `/health` is short for; undefined for every other path. */
export function healthReply(path: string, context: ServerContext): Reply | undefined {
  if (LIVE.has(path)) return ok({ status: "ok" });
  if (!READY.has(path)) return undefined;
  return context.isDraining()
    ? { status: 503, body: { status: "draining", ready: false } }
    : ok({ status: "ok", ready: true });
}
