import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { ChevronDown, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";

export { FilterButtons, FilterSelect } from "@mgs/shell/table/filters";

/** Filters that are folded away until one is set. */
export function FilterPanel({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group border-line border-b">
      <summary className="flex min-h-11 list-none items-center gap-2 px-4 font-medium hover:bg-subtle/60 sm:px-6 [&::-webkit-details-marker]:hidden">
        <SlidersHorizontal aria-hidden className="size-4 text-muted" />
        <span className="flex-1">{title}</span>
        <ChevronDown aria-hidden className="size-4 text-muted transition-transform group-open:rotate-180" />
      </summary>
      {children}
    </details>
  );
}

type PeriodFieldsProps = {
  labels: { from: string; to: string };
  search: { from?: string; to?: string };
  /** What is wrong with either end. */
  errors: { from: string | undefined; to: string | undefined };
};

/** The two ends of a period, in the reader's local time. */
export function PeriodFields({ labels, search, errors }: PeriodFieldsProps) {
  return (["from", "to"] as const).map((name) => (
    <Field key={name} label={labels[name]} error={errors[name]}>
      {(aria) => <Input {...aria} type="datetime-local" name={name} defaultValue={search[name] ?? ""} />}
    </Field>
  ));
}

/** The city of a time zone as people read it: `Indian/Antananarivo` is "Antananarivo". */
export const zoneCity = (timeZone: string): string => (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
