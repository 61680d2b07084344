import { isGrantable } from "@mgs/core/permissions";
import { PERMISSION_TEXTS_FR } from "@mgs/i18n/permission-texts";
import { expect, test } from "vitest";
import { permissionTables, writePermissionsGuide } from "./permissions-guide";

test("docs/guide/permissions.md lists the domains' permissions", async () => {
  await expect(writePermissionsGuide()).toMatchFileSnapshot("../../../docs/guide/permissions.md");
});

const actions = permissionTables().flatMap(({ permissions }) => Object.entries(permissions));

test("no two domains declare an action of one name: a role stores names alone", () => {
  const names = actions.map(([name]) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("every permission that a role can be granted has a French text in packages/i18n/src/permission-texts.ts", () => {
  const missing = actions.filter(([name, rule]) => isGrantable(rule) && PERMISSION_TEXTS_FR[name] === undefined);
  expect(missing.map(([name]) => name)).toEqual([]);
});
