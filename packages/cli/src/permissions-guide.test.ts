import { expect, test } from "vitest";
import { writePermissionsGuide } from "./permissions-guide";

test("docs/guide/permissions.md lists the domains' permissions", async () => {
  await expect(writePermissionsGuide()).toMatchFileSnapshot("../../../docs/guide/permissions.md");
});
