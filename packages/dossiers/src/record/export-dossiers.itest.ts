import { buffer } from "node:stream/consumers";
import type { UserActor } from "@mgs/core/actor";
import { readCsv } from "@mgs/http/csv/read-csv";
import { readXlsx } from "@mgs/http/testing/read-xlsx";
import { type TableFormat, tableAnswer } from "@mgs/http/xlsx/table-answer";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { expect, it } from "vitest";
import type { DossierSummary } from "../contract/dossier";
import { DOSSIER_TIME_ZONE } from "../deps";
import { useDossierStage } from "../testing/use-dossier-stage";
import { exportDossiers } from "./export-dossiers";
import { listDossiers } from "./list-dossiers";
import { takeStep } from "./take-step";

const stage = useDossierStage();

const readFile = async (actor: UserActor, input: Readonly<Record<string, string>>) => {
  const { columns, rows, sheet } = await exportDossiers(stage.deps(), actor, input);
  const format = (input.format ?? "csv") as TableFormat;
  const answer = tableAnswer(format, "dossiers", columns, rows, { sheet, timeZone: DOSSIER_TIME_ZONE });
  return Buffer.from(await answer.arrayBuffer());
};

/** The cells that the file has to have for a dossier of the list, written out once more. */
const wall = (iso: string) => new Date(Date.parse(iso) + 3 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
const STATES: Record<string, string> = { nouveau: "Nouveau", en_cours: "En cours" };
const PRIORITIES: Record<string, string> = { normale: "Normale", urgente: "Urgente" };
const cellsOf = (one: DossierSummary): string[] => [
  ...[one.reference, one.title, one.type.name, STATES[one.state] ?? "?", PRIORITIES[one.priority] ?? "?"],
  ...[one.concerned.kind === "personne" ? "Personne" : "Entreprise", one.concerned.name, one.due_on ?? ""],
  ...[one.overdue ? "oui" : "non", one.assignee?.name ?? "", one.tags.join(", ")],
  ...[wall(one.state_since), wall(one.created_at), wall(one.updated_at), one.url],
];
/** A spreadsheet's day or time as the CSV has it. */
const dayOf = (value: string, withTime: boolean): string => {
  const iso = new Date(Math.round((Number(value) - 25_569) * 86_400_000)).toISOString();
  return withTime ? iso.slice(0, 16).replace("T", " ") : iso.slice(0, 10);
};

it("has what the list shows, cell by cell, in both formats, with relations, filters and order", async () => {
  const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  await stage.open(stage.admin, { title: "=HYPERLINK(1)", assignee_id: hery.userId, tags: ["lot", "urbanisme"] });
  stage.setNow(new Date("2026-12-20T22:45:10Z"));
  const second = await stage.open(stage.admin, { title: 'É; "Rova"\n<&>', due_on: null, priority: "urgente" });
  await takeStep(stage.deps(), hery, second.id, { from: "nouveau", to: "en_cours" });
  await stage.open(stage.admin, { title: "Autre", concerned: { kind: "entreprise", name: "Rova SARL" } });
  for (const query of [
    {},
    { sort: "due" },
    { search: "rova", sort: "-updated" },
    { state: "en_cours" },
    { tag: "lot" },
  ]) {
    const { items } = await listDossiers(stage.deps(), stage.admin, query);
    expect(items.length).toBeGreaterThan(0);
    const { records, columns } = readCsv(await readFile(stage.admin, query));
    expect(columns).toHaveLength(15);
    expect(columns.slice(0, 4)).toEqual(["Référence", "Titre", "Type", "État"]);
    expect(records.map(({ record }) => columns.map((column) => record[column]))).toEqual(items.map(cellsOf));
    const [sheet] = readXlsx(await readFile(stage.admin, { ...query, format: "xlsx" }));
    const [header, ...rows] = sheet?.rows ?? [];
    expect(header?.map(({ value }) => value)).toEqual(columns);
    const isDate = (index: number) => index === 7 || (index > 10 && index < 14);
    const read = rows.map((row) =>
      row.map(({ value, isText }, index) => {
        expect(isText).toBe(value !== "" && !isDate(index));
        return isDate(index) && value !== "" ? dayOf(value, index > 7) : value;
      }),
    );
    expect(read).toEqual(items.map(cellsOf));
  }
  expect(new TextDecoder().decode(await readFile(stage.admin, {}))).toContain(";'=HYPERLINK(1);");
});

it("has no dossier of a stranger's, and is an event with filter and number", async () => {
  const onja = await stage.add("Onja", "o@mgs.mg", "commercial");
  await stage.open(stage.admin, { title: "Secret" });
  await stage.open(onja, { title: "Le mien" });
  for (const format of ["csv", "xlsx"]) {
    const file = await readFile(onja, { format });
    const titles =
      format === "csv"
        ? readCsv(file).records.map(({ record }) => record.Titre)
        : readXlsx(file)[0]
            ?.rows.slice(1)
            .map((row) => row[1]?.value);
    expect(titles).toEqual(["Le mien"]);
  }
  const [event] = await stage.database.auditEvent.findMany({
    where: { action: "dossier.exported" },
    orderBy: { id: "desc" },
  });
  expect(event).toMatchObject({ actor: `user:${onja.userId}`, details: { count: 1, format: "xlsx" } });
});

it("refuses what is no filter, and a token without the scope", async () => {
  for (const input of [{ format: "pdf" }, { limit: "1" }, { after: "x" }, { sort: "title" }, { columns: "state" }])
    expect(await refusal(exportDossiers(stage.deps(), stage.admin, input))).toBe("VALIDATION_ERROR");
  const token = { ...stage.admin, scopes: ["profile"] };
  expect(await refusal(exportDossiers(stage.deps(), token, {}))).toBe("INSUFFICIENT_SCOPE");
  const program = { kind: "client" as const, clientId: "erp", scopes: ["dossiers:read"] };
  const { columns, rows, sheet } = await exportDossiers(stage.deps(), program, { format: "xlsx" });
  const answer = tableAnswer("xlsx", "d", columns, rows, { sheet, timeZone: DOSSIER_TIME_ZONE });
  expect(readXlsx(await buffer(answer.body as never))[0]?.rows).toHaveLength(1);
});
