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
