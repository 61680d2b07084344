import type { Locale } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import type { CityResponse } from "maxmind";

/** Names the place of an address; null when it is unknown, or no database of places is configured. */
export type LocateAddress = (address: string | null, locale: Locale) => Promise<string | null>;

/**
 * Makes the look-up of places in a file in MaxMind's format (GeoLite2 City, DB-IP City Lite). It is opened with the first look-up and
 * read from the disk alone: no address leaves the company. A file that cannot be read is logged once, and places stay unknown.
 */
export function createAddressLocator(file: string | undefined, logger: Logger): LocateAddress {
  if (file === undefined) return async () => null;
  const opening = () =>
    import("maxmind")
      .then((library) => library.open<CityResponse>(file, { watchForUpdates: true }))
      .catch((error: unknown) => {
        logger.error({ err: error }, "the database of places could not be read");
        return null;
      });
  let reader: ReturnType<typeof opening> | undefined;
  return async (address, locale) => {
    if (address === null) return null;
    reader ??= opening();
    const place = (await reader)?.get(address);
    const names = [place?.city, place?.country].map((part) => part?.names?.[locale] ?? part?.names?.en);
    return names.filter(Boolean).join(", ") || null;
  };
}
