import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLIENT_EVENTS, EVENTS } from "@mgs/realtime/names";
import { expect, it } from "vitest";
import { ROOT } from "./paths";
import { isTest, sourceFiles } from "./testing/source-files";

/** The AsyncAPI document has every event of `names.ts`: so no code may spell one out, or send one that is not there. */
it("what publishes and what listens takes the names of events from one file", () => {
  const names = [...Object.values(EVENTS), ...Object.values(CLIENT_EVENTS)].map((name) => JSON.stringify(name));
  const product = sourceFiles().filter(
    (path) => /^(packages|apps)\//.test(path) && !path.startsWith("packages/realtime-server/") && !isTest(path),
  );
  const live = product.filter((path) => /\.trigger\(|\.bind\(|useChannel\(/.test(read(path)));
  expect(live.length).toBeGreaterThan(5);
  const spelled = live.flatMap((path) =>
    [...names, '"client-'].filter((name) => read(path).includes(name)).map((name) => `${path}: ${name}`),
  );
  expect(spelled).toEqual([]);
});

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
