import { describe, expect, it } from "vitest";
import type { Actor } from "./actor";
import { ADMINISTRATION, ADMINISTRATORS, definePermissions, EVERYONE, isGrantable, PEOPLE } from "./permissions";
import type { Role } from "./roles";

const person = (role: Role, clientId = "administration", userId = 1, permissions: string[] = []): Actor => ({
  kind: "user",
  userId,
  role,
  permissions,
  locale: "fr",
  userSessionId: "0199a000-0000-7000-8000-000000000001",
  clientId,
  scopes: ["openid"],
});
const program: Actor = { kind: "client", clientId: "erp", scopes: ["notifications:send"] };
const system: Actor = { kind: "system", name: "cli" };

const { can, requirePermission } = definePermissions({
  "note.read": { description: "read notes", audience: PEOPLE },
  "note.write": {
    description: "change a note",
    audience: {
      name: "its author",
      includes: (actor: Actor, note: { authorId: number }) => actor.kind === "user" && actor.userId === note.authorId,
    },
    refusal: "PORTAL_REFUSED",
  },
  "note.send": { description: "send a note", audience: EVERYONE, scope: "notifications:send" },
});

describe("audiences", () => {
  it.each([
    ["an administrator in administration", person("administrateur"), [true, true, true, true]],
    ["an administrator in another portal", person("administrateur", "commercial"), [true, true, true, false]],
    ["an administrator's program", person("administrateur", "erp"), [true, true, true, false]],
    ["another person", person("direction"), [true, true, false, false]],
    ["a program", program, [true, false, false, false]],
    ["our own system", system, [true, false, false, true]],
  ])("%s", (_, actor, expected) => {
    const audiences = [EVERYONE, PEOPLE, ADMINISTRATORS, ADMINISTRATION];
    expect(audiences.map((audience) => audience.includes(actor))).toEqual(expected);
  });
});

it("an action may depend on its subject, and names the code of its refusal", () => {
  expect(can(person("comptable"), "note.write", { authorId: 1 })).toBe(true);
  expect(() => requirePermission(person("comptable"), "note.write", { authorId: 2 })).toThrow("PORTAL_REFUSED");
  expect(() => requirePermission(program, "note.read")).toThrow("FORBIDDEN");
  // @ts-expect-error the subject is missing
  expect(() => can(person("comptable"), "note.write")).toThrow();
  // @ts-expect-error the action has no subject
  expect(can(person("comptable"), "note.read", { authorId: 1 })).toBe(true);
});

describe("a grantable action", () => {
  const rules = definePermissions({
    "stock.read": { description: "read the stock", audience: ADMINISTRATION },
    "stock.see": { description: "see the stock everywhere", audience: ADMINISTRATORS },
    "stock.own": { description: "give rights away", audience: ADMINISTRATION, keptForAdministrators: true },
    "stock.open": { description: "open the stock", audience: PEOPLE },
  });
  const granted = (clientId?: string) =>
    person("magasinier", clientId, 1, ["stock.read", "stock.see", "stock.own", "gone.action"]);

  it("is open to the people of a role that was granted it, and to administrators", () => {
    expect(rules.can(granted(), "stock.read")).toBe(true);
    expect(rules.can(granted("commercial"), "stock.read")).toBe(false);
    expect(rules.can(granted("commercial"), "stock.see")).toBe(true);
    expect(rules.can(person("magasinier"), "stock.read")).toBe(false);
    expect(rules.can(person("administrateur"), "stock.read")).toBe(true);
  });

  it("that is kept for administrators cannot be granted", () => {
    expect(rules.can(granted(), "stock.own")).toBe(false);
    expect(rules.can(person("administrateur"), "stock.own")).toBe(true);
    expect(Object.entries(rules.table).flatMap(([name, rule]) => (isGrantable(rule) ? [name] : []))).toEqual([
      "stock.read",
      "stock.see",
    ]);
  });
});

it("an action with a scope needs a token that was issued for it", () => {
  expect([program, system, person("administrateur")].map((actor) => can(actor, "note.send"))).toEqual([
    true,
    true,
    false,
  ]);
  expect(() => requirePermission(person("administrateur"), "note.send")).toThrow("INSUFFICIENT_SCOPE");
});
