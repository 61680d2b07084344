import { ROUTE_METHODS } from "@mgs/http/route";
import type { Router } from "@mgs/http/router";

type Params = Record<string, string | string[] | undefined>;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

const METHODS = [...ROUTE_METHODS, "HEAD", "OPTIONS"] as const;

/**
 * Makes the exports of a Next `route.ts`: handlers that call the router. They get the router at each request, since a build
 * has none. The path comes from the folder and its parameters, because a rewritten request has another address.
 * @param folder below `app`, as Next writes it: `/api/[...path]`
 */
export function mountRouter(folder: string, router: () => Router): Record<(typeof METHODS)[number], Handler> {
  const handle: Handler = async (request, context) => {
    const { match, fetch } = router();
    return (match(toPathname(folder, await context.params)) ?? fetch)(request);
  };
  return Object.fromEntries(METHODS.map((method) => [method, handle])) as ReturnType<typeof mountRouter>;
}

/** Makes the path of a folder. @param params decoded, as Next passes them */
function toPathname(folder: string, params: Params = {}): string {
  return folder.replace(/\[(?:\.{3})?(\w+)\]/g, (_, name: string) =>
    [params[name] ?? []].flat().map(encodeURIComponent).join("/"),
  );
}
