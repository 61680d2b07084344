import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@mgs/core/logger";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writePlaceDatabase } from "../testing/place-database";
import { createAddressLocator } from "./locate-address";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "places-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const logged: string[] = [];
const logger = createLogger("test", "info", { write: (line) => logged.push(line) });

test("a file in MaxMind's format names the place of an address, in the reader's language where it has it", async () => {
  const file = join(folder, "places.mmdb");
  writeFileSync(
    file,
    writePlaceDatabase({
      "203.0.113.0/24": {
        city: { names: { fr: "Tananarive", en: "Antananarivo" } },
        country: { iso_code: "MG", names: { en: "Madagascar" } },
      },
      "198.51.100.128/25": { country: { names: { fr: "La Réunion", en: "Reunion" } } },
    }),
  );
  const locate = createAddressLocator(file, logger);
  expect(await locate("203.0.113.77", "fr")).toBe("Tananarive, Madagascar");
  expect(await locate("203.0.113.1", "en")).toBe("Antananarivo, Madagascar");
  expect(await locate("198.51.100.200", "fr")).toBe("La Réunion");
  expect(await locate("198.51.100.1", "fr")).toBeNull();
  expect(await locate("192.0.2.1", "fr")).toBeNull();
  expect(await locate(null, "fr")).toBeNull();
  expect(logged).toEqual([]);
});

test("without a file, and with one that cannot be read, places are unknown; the latter is logged once", async () => {
  expect(await createAddressLocator(undefined, logger)("203.0.113.1", "fr")).toBeNull();
  const broken = join(folder, "broken.mmdb");
  writeFileSync(broken, "no database");
  const locate = createAddressLocator(broken, logger);
  expect([await locate("203.0.113.1", "fr"), await locate("203.0.113.1", "en")]).toEqual([null, null]);
  expect(logged.filter((line) => line.includes("the database of places could not be read"))).toHaveLength(1);
});
