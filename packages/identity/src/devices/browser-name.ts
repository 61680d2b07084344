import bowser from "bowser";

/** What a device calls itself; null for what its `User-Agent` does not say. */
export type BrowserName = { browser: string | null; system: string | null; kind: "computer" | "phone" | "tablet" };

const MAX_NAME_CHARACTERS = 60;

/**
 * Reads browser and system from a `User-Agent` header (RFC 9110 section 10.1.5). Any program can write any header: the names are
 * for people to recognize their device by, and decide nothing.
 */
export function nameBrowser(userAgent: string | null): BrowserName {
  if (!userAgent) return { browser: null, system: null, kind: "computer" };
  const { browser, os, platform } = bowser.parse(userAgent);
  const version = browser.version?.split(".")[0];
  const kind = platform.type === "mobile" ? "phone" : platform.type === "tablet" ? "tablet" : "computer";
  return { browser: join(browser.name, version), system: join(os.name, os.versionName ?? majorOf(os.version)), kind };
}

/**
 * Names browser and system for a mail, in words of any language; null where nothing is known. A mail is trusted: a header that holds more
 * than names and numbers is not repeated in it.
 */
export function nameForMail(userAgent: string | null): string | null {
  const { browser, system } = nameBrowser(userAgent);
  const name = [browser, system].filter((part) => part !== null).join(", ");
  return /^[\p{L}\d ,.()_-]+$/u.test(name) ? name : null;
}

/** Systems count differently: `10.0` is Windows 10, `17.4` iOS 17. */
const majorOf = (version: string | undefined): string | undefined => version?.split(".")[0];

function join(name: string | undefined, version: string | undefined): string | null {
  if (!name) return null;
  return [name, version].filter(Boolean).join(" ").slice(0, MAX_NAME_CHARACTERS);
}
