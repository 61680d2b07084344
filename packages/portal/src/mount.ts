import type { RouteContext, RouteHandlers } from "@mgs/http/route";

type Handler = (request: Request, context: RouteContext) => Promise<Response>;

/**
 * Turns a route of the composition into what a Next `route.ts` exports. The composition is asked at each request, never
 * while the app is built.
 */
export function mount(find: () => RouteHandlers | Promise<RouteHandlers>): Record<keyof RouteHandlers, Handler> {
  const by =
    (method: keyof RouteHandlers): Handler =>
    async (request, context) =>
      (await find())[method](request, context);
  return {
    GET: by("GET"),
    HEAD: by("HEAD"),
    POST: by("POST"),
    PUT: by("PUT"),
    PATCH: by("PATCH"),
    DELETE: by("DELETE"),
    OPTIONS: by("OPTIONS"),
  };
}
