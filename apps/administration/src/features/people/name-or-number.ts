import type { ConsoleTexts } from "../console/texts";

/** A person's name for a sentence; the number of one whose account is gone. */
export function nameOrNumber({ t }: ConsoleTexts, { id, name }: { id: number; name: string | null }): string {
  return name ?? t("people.person.gone", { id: String(id) });
}
