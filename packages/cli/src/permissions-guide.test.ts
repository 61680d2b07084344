import { expect, test } from "vitest";
import { writePermissionsGuide } from "./permissions-guide";

test("docs/guide/permissions.md says what the domains' permissions say", async () => {
  await expect(writePermissionsGuide()).toMatchFileSnapshot("../../../docs/guide/permissions.md");
});
