type Answer = (request: Request, params: Record<string, string>) => Promise<Response>;

/** Tells whether a browser navigates, by a link, a reload or a form; our own scripts ask for JSON, or for anything. */
export function isNavigation(request: Request): boolean {
  return (request.headers.get("accept") ?? "").includes("text/html");
}

/**
 * Wraps the answer of a path that a page's form posts to. It redirects a browser's refusal to the page, with the error's code
 * in the query (`error`, and `retry` in seconds); a program gets the envelope. It also redirects a browser that opens the
 * form's address, such as by a reload after a lost answer.
 * @param page the form's own page, as a path; it is told the query of the form's address, by which a page with two forms knows them apart
 */
export function withFormPage(
  answer: Answer,
  page: (params: Record<string, string>, query: URLSearchParams) => string,
): Answer {
  return async (request, params) => {
    const response = await answer(request, params);
    if (!isNavigation(request)) return response;
    const { searchParams } = new URL(request.url);
    if (request.method === "GET") return seeOther(page(params, searchParams), response);
    if (request.method !== "POST" || response.status < 400) return response;
    const query = new URLSearchParams({ error: await readErrorCode(response) });
    const retryAfter = response.headers.get("retry-after");
    if (retryAfter !== null) query.set("retry", retryAfter);
    const location = page(params, searchParams);
    return seeOther(`${location}${location.includes("?") ? "&" : "?"}${query}`, response);
  };
}

async function readErrorCode(response: Response): Promise<string> {
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
