import type { UserActor } from "@mgs/core/actor";
import { describe, expect, it } from "vitest";
import { consoleTexts } from "../console/texts";
import { askBulk, askOwnRole, nameMissingChoices, reachesOneself } from "./people-questions";

const texts = consoleTexts("fr", "Indian/Antananarivo");
const actor: UserActor = {
  ...{ kind: "user", userId: 7, role: "chef", locale: "fr", userSessionId: "s", clientId: "administration" },
  ...{ portals: ["administration"], permissions: ["accounts.manage"], scopes: [] },
};
const roles = [
  { slug: "chef", names: { fr: "Responsable", en: "Head" } },
  // Another role may have the same name.
  { slug: "chef-2", names: { fr: "Responsable", en: "Head" } },
];

describe("the question before one gives oneself a role", () => {
  it("is asked for another role, also for one of the same name", () => {
    const ask = (userId: number, role: string) => askOwnRole(texts, actor, { userId, role }, roles);
    expect(ask(8, "chef-2")).toBeNull();
    expect(ask(7, "chef")).toBeNull();
    expect(ask(7, "chef-2")).toMatchObject({ key: "chef-2", submit: "Changer mon rôle" });
  });
});

describe("the question before an act on those who were chosen", () => {
  it("is asked where it takes the account or the rights of whoever asks", () => {
    const reaches = (batch: Omit<Parameters<typeof reachesOneself>[1], "whose">, ids: number[]) =>
      reachesOneself(actor, { ...batch, whose: { ids } });
    expect(reaches({ act: "disable" }, [6, 7])).toBe(true);
    expect(reaches({ act: "disable" }, [6, 8])).toBe(false);
    expect(reaches({ act: "enable" }, [7])).toBe(false);
    expect(reaches({ act: "change-role", role: "chef-2" }, [7])).toBe(true);
    expect(reaches({ act: "change-role", role: "chef" }, [7])).toBe(false);
    expect(reachesOneself(actor, { act: "disable", whose: { filter: {} } })).toBe(false);
  });

  it("says what one loses, and for how many it is", () => {
    const disable = askBulk(texts, actor, { act: "disable", whose: { ids: [6, 7] } }, 2, roles);
    expect(disable).toMatchObject({ title: "Désactiver", submit: "Lancer pour 2 personnes" });
    expect(disable.text).toMatch(/^Votre propre compte est parmi ceux que vous avez choisis\. Vous perdez l’accès/);
    const role = askBulk(texts, actor, { act: "change-role", role: "chef-2", whose: { ids: [7] } }, 1, roles);
    expect(role).toMatchObject({ title: "Donner le rôle Responsable", submit: "Lancer pour une personne" });
    expect(role.text).toContain("Vous perdez le rôle Responsable");
  });

  it("is another one for each act, number and way to choose: a yes to one is none to the next", () => {
    const key = (batch: Parameters<typeof askBulk>[2], total: number) => askBulk(texts, actor, batch, total, roles).key;
    const keys = [
      key({ act: "disable", whose: { ids: [7] } }, 1),
      key({ act: "disable", whose: { filter: {} } }, 1),
      key({ act: "disable", whose: { filter: {} } }, 2),
      key({ act: "enable", whose: { filter: {} } }, 2),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("an act on many that was sent before all was chosen", () => {
  const errorsOf = (values: Parameters<typeof nameMissingChoices>[1], paths: string[]) => {
    const fieldErrors = paths.map((path) => ({ path, message: "refused" }));
    const result = nameMissingChoices(texts, values, { ok: false, message: "", fieldErrors });
    return Object.fromEntries((result.fieldErrors ?? []).map(({ path, message }) => [path, message]));
  };

  it("is told at each field what to choose", () => {
    expect(errorsOf({ act: "", role: "", whose: "selected" }, ["act", "whose"])).toEqual({
      act: "Choisissez une action.",
      whose: "Cochez au moins une personne.",
    });
    expect(errorsOf({ act: "change-role", role: "", whose: "selected", ids: ["3"] }, ["role"])).toEqual({
      role: "Choisissez un rôle.",
    });
    expect(errorsOf({ act: "change-role", role: "", whose: "selected", ids: [] }, ["whose.ids"])).toEqual({
      role: "Choisissez un rôle.",
      whose: "Cochez au moins une personne.",
    });
  });

  it("keeps what else was refused", () => {
    expect(errorsOf({ act: "disable", role: "", whose: "all" }, ["whose"])).toEqual({ whose: "refused" });
    expect(nameMissingChoices(texts, { act: "" }, { ok: true, message: "done" })).toEqual({
      ok: true,
      message: "done",
    });
  });
});
