import { AppError } from "@mgs/core/errors";
import { ok } from "@mgs/http/envelope";
import { readFormBody, wantsJson } from "@mgs/http/form-body";
import { checkFormOrigin } from "@mgs/http/origin";
import type { PublicCall } from "@mgs/http/route";
import type { z } from "zod";

/** Bounds a form of an account page: a token, an address, a password. */
export const ACCOUNT_FORM = { kind: "form", maxBytes: 16 * 1_024 } as const;

/**
 * Answers a form of an account page. A browser is sent on, or back to the page with what was refused; a script gets JSON.
 * @param page the form's page, with the query that it needs
 * @param work does what was asked for; returns where it leads
 */
export async function answerLinkForm<T extends z.ZodType>(
  { request }: PublicCall,
  { ownOrigin, schema }: { ownOrigin: string; schema: T },
  page: (fields: z.output<T>, query: Record<string, string>) => string,
  work: (fields: z.output<T>) => Promise<string>,
): Promise<Response> {
  const fields = await readFormBody(request, schema, ACCOUNT_FORM);
  checkFormOrigin(request.headers, ownOrigin);
  try {
    const location = await work(fields);
    return wantsJson(request) ? ok({ redirect: location }) : seeOther(location);
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || !isNavigation(request)) throw error;
    return seeOther(page(fields, toQuery(error)));
  }
}

/** What the page needs to say about a refusal: codes of the catalogue, never a text. */
function toQuery({ code, details, retryAfter }: AppError): Record<string, string> {
  return {
    error: code,
    ...(details?.[0] ? { motif: details[0].message } : {}),
    ...(retryAfter === undefined ? {} : { retry: String(retryAfter) }),
  };
}

const isNavigation = (request: Request): boolean => (request.headers.get("accept") ?? "").includes("text/html");

function seeOther(location: string): Response {
  const headers = { location, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  return new Response(null, { status: 303, headers });
}
