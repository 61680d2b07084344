import type { DossierDto } from "./dossier";

/** The fields of a dossier's form, each under its name in the history; a type's own as `custom.<key>`. */
export type DossierValues = Readonly<Record<string, unknown>>;

const CUSTOM_PREFIX = "custom.";

/** Fields whose values are lists without an order: what two people add at once, both have added. */
export const DOSSIER_SETS: ReadonlySet<string> = new Set(["tags"]);

/** The values of a dossier's form, as they stand. */
export function toFormValues(dossier: DossierDto): DossierValues {
  const { title, description, concerned, priority, due_on, assignee, tags, custom } = dossier;
  return {
    ...{ title, description, priority, due_on, tags },
    concerned_kind: concerned.kind,
    concerned_name: concerned.name,
    concerned_contact: concerned.contact,
    assignee_id: assignee?.id ?? null,
    ...Object.fromEntries(Object.entries(custom).map(([key, value]) => [CUSTOM_PREFIX + key, value])),
  };
}

/** The body of the edit that writes what was typed. Who is concerned goes as a whole; what was not typed of it stands as it was shown. */
export function toEditBody(typed: DossierValues, shown: DossierValues, version: number): Record<string, unknown> {
  const entries = Object.entries(typed);
  const isConcerned = (name: string) => name.startsWith("concerned_");
  const custom = entries.flatMap(([name, value]) =>
    name.startsWith(CUSTOM_PREFIX) ? [[name.slice(CUSTOM_PREFIX.length), value] as const] : [],
  );
  const plain = entries.filter(([name]) => !isConcerned(name) && !name.startsWith(CUSTOM_PREFIX));
  const all = { ...shown, ...typed };
  return {
    ...Object.fromEntries(plain),
    ...(entries.some(([name]) => isConcerned(name))
      ? { concerned: { kind: all.concerned_kind, name: all.concerned_name, contact: all.concerned_contact } }
      : {}),
    ...(custom.length > 0 ? { custom: Object.fromEntries(custom) } : {}),
    version,
  };
}
