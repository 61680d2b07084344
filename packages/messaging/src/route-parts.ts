import { readJson, readQuery } from "@mgs/http/body";
import type { Call } from "@mgs/http/route";
import { readSocketId } from "@mgs/http/socket-id";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import type { MessagingDeps, MessagingPorts } from "./deps";

/** Use cases check the access before they parse, so routes pass input on unparsed. */
const raw = z.unknown();

export const BODY = { kind: "json", maxBytes: 256 * 1024 } as const;
export const READ = { access: "signed-in", scope: "messages:read" } as const;
export const WRITE = { access: "signed-in", scope: "messages:write" } as const;
/** A route that takes a body. */
export const WRITE_BODY = { ...WRITE, body: BODY } as const;

export const bodyOf = (request: Request): Promise<unknown> => readJson(request, raw, BODY);
export const queryOf = (request: Request): unknown => readQuery(request, raw);
/** The tab that makes a change: it is not told of it. */
export const tabOf = (request: Request) => ({ socketId: readSocketId(request) });

/** What a handler has of its call. */
export type MessageCall = Pick<Call, "actor" | "request" | "params">;

/** Puts what the composition knows beside what the process has. */
export const withPorts =
  (ports: MessagingPorts) =>
  <Answer>(handler: (deps: MessagingDeps, call: MessageCall) => Answer) =>
  (call: MessageCall, deps: PortalDeps): Answer =>
    handler({ ...deps, ...ports }, call);
