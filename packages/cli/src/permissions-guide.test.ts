import { isWorkPermission } from "@mgs/core/roles";
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

test("every permission has a French text in packages/i18n/src/permission-texts.ts", () => {
  const missing = actions.filter(([name]) => PERMISSION_TEXTS_FR[name] === undefined);
  expect(missing.map(([name]) => name)).toEqual([]);
});

test("what is daily work is called so: whoever holds nothing else can be impersonated", () => {
  const grantable = actions.filter(([, { audience }]) => audience.grantable);
  expect(grantable.filter(([, { audience }]) => audience.isWork).length).toBeGreaterThan(3);
  expect(grantable.filter(([name, { audience }]) => isWorkPermission(name) !== (audience.isWork ?? false))).toEqual([]);
});
