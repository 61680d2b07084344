import { expect, type Page } from "@playwright/test";
import { query } from "../forms/scene";
import { urlOf } from "./instance";

/** Adds a type of dossiers, and returns its id. */
export async function addDossierType(name: string): Promise<number> {
  const rows = await query<{ id: number }>(
    "INSERT INTO dossier_types (name_fr, name_en, due_working_days) VALUES ($1, $1, 10) RETURNING id",
    [name],
  );
  return rows[0]?.id ?? 0;
}

/** A dossier as the API answers with it. */
export type OpenedDossier = { id: number; reference: string; title: string };

/** Opens a dossier in the name of whom a page belongs to; the page has been in the portal, and has its session. */
export async function openDossier(page: Page, input: Readonly<Record<string, unknown>>): Promise<OpenedDossier> {
  const portal = urlOf("gestion-dossier");
  const answer = await page.request.post(`${portal}/api/dossiers`, {
    headers: { origin: portal },
    data: { concerned: { kind: "personne", name: "Lala Rasoa" }, ...input },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { data: OpenedDossier }).data;
}
