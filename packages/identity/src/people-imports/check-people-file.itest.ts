import { describe, expect, it } from "vitest";
import { usePeopleFiles } from "../testing/use-people-files";
import { refusal } from "../testing/use-staff-stage";
import { applyPeopleImport } from "./apply-people-import";
import { readImportProblems } from "./show-people-import";

const { staff, deps, check, show } = usePeopleFiles();
const { add } = staff;

describe("a file of people", () => {
  it("names every bad line with its column and its reason, and is not imported while one is bad", async () => {
    await add("Chef", "chef@mgs.mg", "administrateur");
    await staff.database.user.create({
      data: { name: "Canari", email: "canari@mgs.mg", passwordHash: "-", role: "commercial", hidden: true },
    });
    const { importId } = await check(
      [
        "name,email,role,locale",
        "A,a@mgs.mg,commercial,fr",
        ",pas une adresse,pape,de",
        `${"x".repeat(201)},a@mgs.mg,commercial,fr`,
        "C,c@mgs.mg",
        "D,d@mgs.mg,,",
        "Canari,canari@mgs.mg,commercial,fr",
        "Voahangy,v@mgs.mg,commercial,fr",
        "Chef,chef@mgs.mg,commercial,fr",
      ].join("\n"),
    );
    const file = await show(importId);
    const problems = file.page.lines.flatMap((line) =>
      line.outcome === "bad" ? line.problems.map(({ column, code }) => [line.line, column, code]) : [],
    );
    expect(problems).toEqual([
      ...[
        [3, "name", "REQUIRED"],
        [3, "email", "INVALID_EMAIL"],
        [3, "role", "UNKNOWN_ROLE"],
        [3, "locale", "UNKNOWN_LOCALE"],
      ],
      ...[
        [4, "name", "TOO_LONG"],
        [4, "email", "DUPLICATE_LINE"],
      ],
      [5, null, "COLUMN_COUNT"],
      [6, "role", "REQUIRED"],
      [7, "email", "EMAIL_TAKEN"],
      [8, "role", "OWN_ROLE"],
    ]);
    expect(file).toMatchObject({ creates: 1, changes: 1, problems: 6 });
    const all = [];
    for await (const problem of await readImportProblems(deps(), staff.admin, importId)) all.push(problem);
    expect(all).toHaveLength(problems.length);
    expect(await refusal(applyPeopleImport(deps(), staff.admin, { importId, invites: false }))).toBe("IMPORT_REFUSED");
    const { importId: withDefault } = await check("name,email\nD,d@mgs.mg\n", { role: "direction" });
    expect(await show(withDefault, "create")).toMatchObject({ page: { lines: [{ person: { role: "direction" } }] } });
  });

  it("is refused as a whole when it is nonsense, or carries passwords", async () => {
    const refusals: [string | Buffer, string][] = [
      [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0]), "ENCODING"],
      [Buffer.from([0xff, 0xd8, 0xc3, 0xa9, 0xe9, 0x81]), "ENCODING"],
      ["", "NO_FILE"],
      ["nom;email\n", "EMPTY"],
      ["nom;téléphone\nA;1\n", "MISSING_COLUMNS"],
      ["<!doctype html>\n<p>x", "MISSING_COLUMNS"],
      ["nom;email;Mot de passe\nA;a@mgs.mg;x\n", "PASSWORD_COLUMN"],
      ["nom;name;email\nA;B;a@mgs.mg\n", "DUPLICATE_COLUMN"],
      ["nom;email,role\nA;a@mgs.mg,x\n", "DELIMITERS"],
      ['nom;email\n"A;a@mgs.mg\n', "QUOTE"],
      ["nom;email\nH\ufffdl;a@mgs.mg\n", "CHARACTER_LOST"],
      [`nom;email\n${"A;a@mgs.mg\n".repeat(50_001)}`, "TOO_MANY_ROWS"],
      [Buffer.alloc(5 * 1_024 * 1_024 + 1, "a"), "TOO_LARGE"],
    ];
    for (const [file, problem] of refusals) expect([problem, await refusal(check(file))]).toEqual([problem, problem]);
    expect(await refusal(check("nom;email\nA;a@mgs.mg\n", { role: "pape" }))).toBe("UNKNOWN_ROLE");
    expect(await staff.database.peopleImport.count()).toBe(0);
  });
});
