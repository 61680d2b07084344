import type { Route } from "@mgs/http/route";
import type { BaseDeps } from "../base-deps";

/** The portal's OpenAPI document, for whoever writes a program. It says nothing of what is stored. */
export const openApiRoute = {
  method: "GET",
  path: "/api/openapi.json",
  access: "public",
  handler: async (_, deps) => Response.json(await deps.openApi(), { headers: { "cache-control": "no-cache" } }),
} as const satisfies Route<BaseDeps>;
