import { AppError } from "@mgs/core/errors";

/**
 * Refuses a write that another site makes with the browser's cookie. Cookies do not separate ports, so a sibling portal
 * is another site here.
 * @param ownOrigin the app's public origin, such as `https://commercial.example`
 * @throws AppError ORIGIN_REFUSED
 */
export function checkOrigin(headers: Headers, ownOrigin: string): void {
  const origin = headers.get("origin");
  if (origin !== null) {
    if (origin !== ownOrigin) throw new AppError("ORIGIN_REFUSED");
    return;
  }
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") throw new AppError("ORIGIN_REFUSED");
}

/**
 * The same for a form on a page that sends no referrer: its browser then sends `Origin: null` (Fetch, "append a request `Origin`
 * header"), and tells by `Sec-Fetch-Site` that the form is ours.
 * @throws AppError ORIGIN_REFUSED
 */
export function checkFormOrigin(headers: Headers, ownOrigin: string): void {
  if (headers.get("origin") === "null" && headers.get("sec-fetch-site") === "same-origin") return;
  checkOrigin(headers, ownOrigin);
}
