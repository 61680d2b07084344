import type { DossierField } from "@mgs/dossiers/contract/dossier-types";
import { CONCERNED_KINDS, PRIORITIES } from "@mgs/dossiers/contract/rules";
import { DOSSIER_STATES } from "@mgs/dossiers/contract/states";
import type { DossierTexts } from "./dossier-context";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const OWN_LABELS = [
  "title",
  "description",
  "concerned_kind",
  "concerned_name",
  "concerned_contact",
  "priority",
  "due_on",
  "assignee_id",
  "tags",
  "state",
] as const;

const pick = <Item extends string>(items: readonly Item[], value: unknown): Item | undefined =>
  items.find((item) => item === value);

/**
 * Makes what names the fields of a dossier and writes their values in words: in the history, and for those who only read.
 * @param fields of the dossier's type
 * @param people names of the people whom values mean, by their ids
 */
export function createValueWriter(
  { t, words, day, locale }: DossierTexts,
  fields: readonly DossierField[],
  people: ReadonlyMap<number, string>,
) {
  const customOf = (field: string) => fields.find(({ key }) => `custom.${key}` === field);
  const number = new Intl.NumberFormat(locale);

  function write(field: string, value: unknown): string {
    if (value === null || value === undefined || value === "") return t("empty");
    const [state, priority, kind] = [
      pick(DOSSIER_STATES, value),
      pick(PRIORITIES, value),
      pick(CONCERNED_KINDS, value),
    ];
    if (field === "state" && state) return words(`states.${state}`);
    if (field === "priority" && priority) return words(`priorities.${priority}`);
    if (field === "concerned_kind" && kind) return words(`concernedKinds.${kind}`);
    if (field === "assignee_id") return people.get(Number(value)) ?? t("unknownPerson");
    if (Array.isArray(value)) return value.length === 0 ? t("empty") : value.join(", ");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "number") return number.format(value);
    const isDay = field === "due_on" || customOf(field)?.kind === "date";
    return isDay && DAY.test(String(value)) ? day(String(value)) : String(value);
  }

  function label(field: string): string {
    const own = pick(OWN_LABELS, field);
    return own ? t(`fields.${own}`) : (customOf(field)?.label[locale] ?? field.replace(/^custom\./, ""));
  }

  return { label, write };
}
