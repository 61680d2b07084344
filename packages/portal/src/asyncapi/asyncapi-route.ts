import type { Route } from "@mgs/http/route";
import type { BaseDeps } from "../base-deps";

/** The AsyncAPI document of the portal's live events. It says nothing of what is stored. */
export const asyncApiRoute = {
  method: "GET",
  path: "/api/asyncapi.json",
  access: "public",
  handler: async (_, deps) => Response.json(await deps.asyncApi(), { headers: { "cache-control": "no-cache" } }),
} as const satisfies Route<BaseDeps>;
