import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentGuide } from "./environment-guide";
import { ROOT } from "./paths";

/** `.env.example` itself is held against the env.ts files by env-example.test.ts. */
test("docs/guide/environment.md says what .env.example and the processes' environments say", async () => {
  await expect(environmentGuide()).toMatchFileSnapshot(join(ROOT, "docs/guide/environment.md"));
});
