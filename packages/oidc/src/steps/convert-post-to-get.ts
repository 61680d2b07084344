import type { IncomingMessage } from "node:http";
import { errors } from "oidc-provider";
import { renderError } from "../render-error";
import { seeOther } from "./see-other";
import type { Step } from "./step";

/** The converted request is a URL, and proxies take URLs of up to 8 kB. */
const MAX_REQUEST_BYTES = 7_000;

/**
 * Redirects a request by POST to the same one by GET (OpenID Connect Core section 3.1.2.1 and RP-Initiated Logout 1.0
 * section 2 allow both): browsers send no `SameSite=Lax` cookie with a POST of another site.
 */
export const convertPostToGet: Step = async (ctx, next) => {
  if (ctx.method !== "POST") return next();
  const query = ctx.is("application/x-www-form-urlencoded") ? await readForm(ctx.req) : null;
  if (query !== null) return seeOther(ctx, `${ctx.path}?${new URLSearchParams(query)}`);
  const error = new errors.InvalidRequest("the request must be a form of moderate size");
  await renderError(ctx, { error: error.error, error_description: error.error_description ?? "" }, error);
};

/** Null for a body that is too long. */
async function readForm(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
