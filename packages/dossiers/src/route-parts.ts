import { parseUserId } from "@mgs/core/user-id";
import { readSocketId } from "@mgs/http/socket-id";
import { z } from "zod";

/** Routes pass input on unparsed: the use case checks the access before it parses. */
export const raw = z.unknown();
export const BODY = { kind: "json", maxBytes: 128 * 1024 } as const;
export const PORTALS = ["gestion-dossier"] as const;
export const READ = "dossiers:read";
export const WRITE = "dossiers:write";

/** An id of no record where the path has none: the use case answers that there is none. */
export const idOf = ({ id = "" }: Record<string, string>): number => parseUserId(id) ?? 0;

/** The tab that makes a change: it is not told of it. */
export const tabOf = (request: Request) => ({ socketId: readSocketId(request) });

/** An id of no person where the path has none. */
export const userOf = ({ userId = "" }: Record<string, string>): number => parseUserId(userId) ?? 0;
