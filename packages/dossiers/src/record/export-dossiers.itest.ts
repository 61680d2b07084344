import { buffer } from "node:stream/consumers";
import type { UserActor } from "@mgs/core/actor";
import { readCsv } from "@mgs/http/csv/read-csv";
import { readXlsx } from "@mgs/http/testing/read-xlsx";
import { type TableFormat, tableAnswer } from "@mgs/http/xlsx/table-answer";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { expect, it } from "vitest";
import type { DossierSummary } from "../contract/dossier";
import { DOSSIER_TIME_ZONE } from "../deps";
import { followDossier } from "../people/follow-dossier";
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
const cellsOf = (
  one: DossierSummary,
  { followers = "Voahangy", contact = "", reason = "", description = "", ...rest }: More = {},
) => [
  ...[one.reference, one.title, one.type.name, STATES[one.state] ?? "?", PRIORITIES[one.priority] ?? "?"],
  ...[one.concerned.kind === "personne" ? "Personne" : "Entreprise", one.concerned.name, contact, one.due_on ?? ""],
  ...[one.overdue ? "oui" : "non", one.assignee?.name ?? "", followers, one.tags.join(", ")],
  ...[wall(one.state_since), reason, "Voahangy", wall(one.created_at), wall(one.updated_at), description],
  ...[...(rest.origin ?? ["", "", ""]), one.url, ...(rest.own ?? [""])],
];
/** What the list does not show, by the title of the dossier. */
type More = {
  followers?: string;
  contact?: string;
  reason?: string;
  description?: string;
  origin?: [string, string, string];
  own?: string[];
};
/** Places of the columns that are dates. */
const DUE = 8;
const TIMES = [13, 16, 17];
/** A spreadsheet's day or time as the CSV has it. */
const dayOf = (value: string, withTime: boolean): string => {
  const iso = new Date(Math.round((Number(value) - 25_569) * 86_400_000)).toISOString();
  return withTime ? iso.slice(0, 16).replace("T", " ") : iso.slice(0, 10);
};

it("has what the list shows, cell by cell, in both formats, with relations, filters and order", async () => {
  const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  const aina = await stage.add("Aina", "a@mgs.mg", "gestionnaire");
  const url = "https://commercial.mgs.mg/contrats/42";
  const first = await stage.open(stage.admin, {
    ...{ title: "=HYPERLINK(1)", assignee_id: hery.userId, tags: ["lot", "urbanisme"], custom: { surface: 12.5 } },
    ...{ description: "Deux\nlignes", origin: { portal: "commercial", url, title: "Contrat 42" } },
  });
  await followDossier(stage.deps(), aina, first.id);
  await followDossier(stage.deps(), hery, first.id);
  stage.setNow(new Date("2026-12-20T22:45:10Z"));
  const second = await stage.open(stage.admin, { title: 'É; "Rova"\n<&>', due_on: null, priority: "urgente" });
  await takeStep(stage.deps(), hery, second.id, { from: "nouveau", to: "en_cours" });
  await stage.open(stage.admin, {
    title: "Autre",
    concerned: { kind: "entreprise", name: "Rova SARL", contact: "034 00" },
  });
  const more: Record<string, More> = {
    "=HYPERLINK(1)": {
      ...{ followers: "Voahangy, Aina, Hery", description: "Deux\nlignes", own: ["12,5"] },
      origin: ["commercial", "Contrat 42", url],
    },
    Autre: { contact: "034 00" },
  };
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
    expect(columns).toHaveLength(24);
    expect(columns.at(-1)).toBe("Surface");
    expect(columns.slice(0, 4)).toEqual(["Référence", "Titre", "Type", "État"]);
    expect(records.map(({ record }) => columns.map((column) => record[column]))).toEqual(
      items.map((one) => cellsOf(one, more[one.title])),
    );
    const [sheet] = readXlsx(await readFile(stage.admin, { ...query, format: "xlsx" }));
    const [header, ...rows] = sheet?.rows ?? [];
    expect(header?.map(({ value }) => value)).toEqual(columns);
    const isDate = (index: number) => [DUE, ...TIMES].includes(index);
    const isNumber = (index: number) => index === columns.length - 1;
    const read = rows.map((row) =>
      row.map(({ value, isText }, index) => {
        expect(isText).toBe(value !== "" && !isDate(index) && !isNumber(index));
        // Numbers stay numbers, with the point that the format has.
        if (isNumber(index)) return value.replace(".", ",");
        return isDate(index) && value !== "" ? dayOf(value, index > DUE) : value;
      }),
    );
    expect(read).toEqual(items.map((one) => cellsOf(one, more[one.title])));
  }
  expect(new TextDecoder().decode(await readFile(stage.admin, {}))).toContain(";'=HYPERLINK(1);");
});

it("has the own fields of the types in the list, each under a name of its own, and none that is hidden", async () => {
  const field = (key: string, kind: string, fr: string, more: object = {}) => ({
    ...{ key, kind, label: { fr, en: fr }, required: false, ...more },
  });
  const add = async (nameFr: string, fields: object[]) =>
    (await stage.database.dossierType.create({ data: { nameFr, nameEn: nameFr, fields: fields as never } })).id;
  const recours = await add("Recours", [
    field("surface", "text", "Surface"),
    field("rendu", "date", "Rendu le"),
    field("urgent", "yes-no", "Urgent"),
    field("motif", "text", "Motif", { hidden: true }),
  ]);
  await add("Sans dossier", [field("x", "text", "Jamais vu")]);
  await stage.open(stage.admin, { title: "Permis", custom: { surface: 3 } });
  const custom = { surface: "3 ares", rendu: "2026-12-24", urgent: false };
  await stage.open(stage.admin, { title: "Recours", type_id: recours, custom });
  const tail = async (query: Readonly<Record<string, string>>) => {
    const { records, columns } = readCsv(await readFile(stage.admin, query));
    const own = columns.slice(columns.indexOf("Adresse") + 1);
    return [own, ...records.map(({ record }) => own.map((column) => record[column]))];
  };
  expect(await tail({})).toEqual([
    ["Surface (Permis de construire)", "Surface (Recours)", "Rendu le", "Urgent"],
    ["", "3 ares", "2026-12-24", "non"],
    ["3", "", "", ""],
  ]);
  expect(await tail({ type: String(recours) })).toEqual([
    ["Surface", "Rendu le", "Urgent"],
    ["3 ares", "2026-12-24", "non"],
  ]);
  expect(await tail({ search: "introuvable" })).toEqual([[]]);
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
