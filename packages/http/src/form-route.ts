import type { RouteHandlers } from "./route";

/** A person's browser that goes to an address, by a link, a reload or a form; our own scripts ask for JSON. */
function isNavigation(request: Request): boolean {
  return (request.headers.get("accept") ?? "").includes("text/html");
}

/**
 * A route that a page's form posts to. People see its refusals on a page, with the error's code in the query (`error`,
 * and `retry` in seconds), where a program gets the envelope. Whoever opens the form's address instead of its page (a
 * reload after a lost answer) is led to the page.
 * @param page the form's own page, as a path
 */
export function formRoute(handlers: RouteHandlers, page: (params: Record<string, string>) => string): RouteHandlers {
  type Handle = RouteHandlers["GET"];
  const pageOf = async (context: Parameters<Handle>[1]): Promise<string> => {
    const params = Object.entries((await context?.params) ?? {});
    return page(Object.fromEntries(params.map(([name, value]) => [name, [value ?? ""].flat().join("/")])));
  };
  const POST: Handle = async (request, context) => {
    const response = await handlers.POST(request, context);
    if (response.status < 400 || !isNavigation(request)) return response;
    const query = new URLSearchParams({ error: await errorCodeOf(response) });
    const retryAfter = response.headers.get("retry-after");
    if (retryAfter !== null) query.set("retry", retryAfter);
    const location = await pageOf(context);
    return seeOther(`${location}${location.includes("?") ? "&" : "?"}${query}`, response);
  };
  const GET: Handle = async (request, context) => {
    const response = await handlers.GET(request, context);
    return isNavigation(request) ? seeOther(await pageOf(context), response) : response;
  };
  return { ...handlers, GET, POST };
}

async function errorCodeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "INTERNAL_ERROR";
}

function seeOther(location: string, { headers }: Response): Response {
  const requestId = headers.get("x-request-id");
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", ...(requestId === null ? {} : { "x-request-id": requestId }) },
  });
}
