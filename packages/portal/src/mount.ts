import { ROUTE_METHODS } from "@mgs/http/route";
import type { Router } from "@mgs/http/router";

type Params = Record<string, string | string[] | undefined>;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

const METHODS = [...ROUTE_METHODS, "HEAD", "OPTIONS"] as const;

/**
 * What a Next `route.ts` exports: the router's answers. The router is asked for at each request, never while the app is
 * built. The path comes from the folder and its parameters: where a request was rewritten, its own address is another.
 * @param folder below `app`, as Next writes it: `/api/[...path]`
 */
export function mountRouter(folder: string, router: () => Router): Record<(typeof METHODS)[number], Handler> {
  const handle: Handler = async (request, context) => {
    const { match, fetch } = router();
    return (match(toPathname(folder, await context.params)) ?? fetch)(request);
  };
  return Object.fromEntries(METHODS.map((method) => [method, handle])) as ReturnType<typeof mountRouter>;
}

/** @param params decoded, as Next gives them */
function toPathname(folder: string, params: Params = {}): string {
  return folder.replace(/\[(?:\.{3})?(\w+)\]/g, (_, name: string) =>
    [params[name] ?? []].flat().map(encodeURIComponent).join("/"),
  );
}
