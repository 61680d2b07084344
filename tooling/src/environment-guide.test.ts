import { join } from "node:path";
import { expect, test } from "vitest";
import { writeEnvironmentGuide } from "./environment-guide";
import { ROOT } from "./paths";

/** `.env.example` itself is held against the env.ts files by env-example.test.ts. */
test("docs/guide/environment.md matches .env.example and the processes' environments", async () => {
  await expect(writeEnvironmentGuide()).toMatchFileSnapshot(join(ROOT, "docs/guide/environment.md"));
});
