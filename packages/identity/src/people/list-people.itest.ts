import { beforeEach, describe, expect, it } from "vitest";
import { refusal, useStaffStage } from "../testing/use-staff-stage";
import { disableUser } from "../users/disable-user";
import { listPeople, showPerson } from "./list-people";

const staff = useStaffStage();
const { add, deps } = staff;
const names = async (input: object) => (await listPeople(deps(), staff.admin, input)).items.map(({ name }) => name);

describe("the list of people", () => {
  beforeEach(async () => {
    const people = [
      ["Hélène Œuvrard", "helene@mgs.mg", "commercial"],
      ["Aina Rakoto", "aina.rakoto@mgs.mg", "comptable"],
      ["Aina Rakoto", "aina2@mgs.mg", "commercial"],
      ["Zo Andria", "zo@exemple.org", "direction"],
    ] as const;
    for (const [name, email, role] of people) await add(name, email, role);
    await staff.database.user.update({ where: { email: "zo@exemple.org" }, data: { disabledAt: new Date() } });
    await staff.database.user.create({
      data: { name: "Canari", email: "canari@mgs.mg", passwordHash: "-", role: "commercial", hidden: true },
    });
  });

  it.each([
    [{}, ["Aina Rakoto", "Aina Rakoto", "Hélène Œuvrard", "Voahangy", "Zo Andria"]],
    [{ sort: "-created" }, ["Zo Andria", "Aina Rakoto", "Aina Rakoto", "Hélène Œuvrard", "Voahangy"]],
    [{ sort: "-email" }, ["Zo Andria", "Voahangy", "Hélène Œuvrard", "Aina Rakoto", "Aina Rakoto"]],
    [{ search: "HELENE" }, ["Hélène Œuvrard"]],
    [{ search: "œuv hél" }, ["Hélène Œuvrard"]],
    [{ search: "oeuvrard" }, ["Hélène Œuvrard"]],
    [{ search: "rak ain", role: "comptable" }, ["Aina Rakoto"]],
    [{ search: "exemple" }, ["Zo Andria"]],
    [{ search: "aina.rakoto@mgs.mg" }, ["Aina Rakoto"]],
    [{ search: "kot" }, []],
    [{ search: "'; & | ! :* <->" }, ["Aina Rakoto", "Aina Rakoto", "Hélène Œuvrard", "Voahangy", "Zo Andria"]],
    [{ state: "disabled" }, ["Zo Andria"]],
    [{ state: "active", role: "direction" }, []],
  ])("with %j", async (input, expected) => {
    expect(await names(input)).toEqual(expected);
  });

  it.each(["name", "-name", "email", "-email", "created", "-created"])(
    "goes by pages forth and back: %s",
    async (sort) => {
      const all = (await listPeople(deps(), staff.admin, { sort })).items.map(({ id }) => id);
      const seen: number[][] = [];
      let page = await listPeople(deps(), staff.admin, { sort, limit: 2 });
      expect(page.previous).toBeNull();
      for (;;) {
        seen.push(page.items.map(({ id }) => id));
        if (!page.next) break;
        page = await listPeople(deps(), staff.admin, { sort, limit: 2, after: page.next });
      }
      expect(seen.flat()).toEqual(all);
      const back: number[][] = [seen.at(-1) ?? []];
      while (page.previous) {
        page = await listPeople(deps(), staff.admin, { sort, limit: 2, before: page.previous });
        back.unshift(page.items.map(({ id }) => id));
      }
      expect(back.flat()).toEqual(all);
    },
  );

  it.each([{ after: "x" }, { sort: "password" }, { state: "gone" }, { limit: 0 }, { search: "\0" }, { hidden: true }])(
    "refuses %j",
    async (input) => {
      expect(await refusal(listPeople(deps(), staff.admin, input))).toBe("VALIDATION_ERROR");
    },
  );

  it("goes by name as people read it: letters with accents and small ones stand where they sound", async () => {
    for (const name of ["Élodie Razaf", "emile Rabe", "Eva Rasoa"])
      await add(name, `${name.slice(-4).toLowerCase()}@mgs.mg`, "comptable");
    const order = ["Élodie Razaf", "emile Rabe", "Eva Rasoa"];
    const all = await names({});
    expect(all.filter((name) => order.includes(name))).toEqual(order);
    expect(all.slice(-2)).toEqual(["Voahangy", "Zo Andria"]);
  });

  it("shows nobody of the product's own", async () => {
    const { id } = await staff.database.user.findFirstOrThrow({ where: { hidden: true } });
    expect(await refusal(showPerson(deps(), staff.admin, id))).toBe("USER_NOT_FOUND");
    expect(await refusal(disableUser(deps(), staff.admin, { userId: id }))).toBe("USER_NOT_FOUND");
    expect(await refusal(showPerson(deps(), staff.admin, 99_999_999_999))).toBe("USER_NOT_FOUND");
  });
});
