import { keptDraft, type TextDraft, textDrafts } from "@mgs/writing/contract/drafts";
import { type Mentionable, mentionables } from "@mgs/writing/contract/mentions";
import { callApi, checkShape, Refusal } from "../api/call-api";
import type { DraftWrite } from "./draft-keeper";
import type { WritingPlace } from "./place";

/** Finds whom a text can name. */
export async function searchMentionable({ mentionablePath }: WritingPlace, search: string): Promise<Mentionable[]> {
  return checkShape(mentionables, await callApi(mentionablePath(String(new URLSearchParams({ search })))));
}

/** What was typed at a place on another device; null for nothing. */
export async function readDraft({ draftsPath }: WritingPlace, place: string): Promise<TextDraft | null> {
  const drafts = checkShape(textDrafts, await callApi(draftsPath));
  return drafts.find((draft) => draft.place === place) ?? null;
}

/** @returns the draft's version, 0 for one that was emptied, `conflict` when another writer has changed it since */
export async function keepDraft(
  { draftsPath }: WritingPlace,
  draft: DraftWrite & { place: string },
  keepalive: boolean,
): Promise<number | "conflict"> {
  try {
    const kept = await callApi(draftsPath, { method: "PUT", body: draft, keepalive });
    return keptDraft(kept) ? kept.version : 0;
  } catch (error) {
    if (error instanceof Refusal && error.code === "EDIT_CONFLICT") return "conflict";
    throw error;
  }
}
