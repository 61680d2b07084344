"use client";
import { paletteApiPath } from "@mgs/core/portal-links";
import { array, object, oneOf, type ShapeOf, string } from "@mgs/core/shape";
import { sessionFetch } from "../page-session";

const item = object({ id: string, title: string, detail: string, href: string });
const group = object({ group: oneOf("records", "conversations", "people", "acts", "pages"), items: array(item) });
const answer = object({ data: object({ groups: array(group) }) });

export type PaletteGroup = ShapeOf<typeof group>;

/** Asks what a text finds. @throws Error when the answer is missing or invalid */
export async function searchPalette(search: string, signal: AbortSignal): Promise<readonly PaletteGroup[]> {
  const response = await sessionFetch(paletteApiPath(search), { signal, cache: "no-store" });
  const body: unknown = response.ok ? await response.json() : null;
  if (!answer(body)) throw new Error(`the palette answered ${response.status}`);
  return body.data.groups;
}
