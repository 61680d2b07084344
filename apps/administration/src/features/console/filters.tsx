import { buttonStyles } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Select } from "@mgs/ui/select";
import { ChevronDown, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

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

type FilterButtonsProps = {
  apply: string;
  clear: string;
  /** The address without filters; null while none is set. */
  clearHref: string | null;
};

/** The submit button of a GET form, and the link that takes its filters away. */
export function FilterButtons({ apply, clear, clearHref }: FilterButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2 max-sm:w-full">
      <button type="submit" className={buttonStyles({ variant: "secondary", className: "max-sm:flex-1" })}>
        {apply}
      </button>
      {clearHref === null ? null : (
        <Link
          prefetch={false}
          href={clearHref}
          className={buttonStyles({ variant: "ghost", className: "max-sm:flex-1" })}
        >
          {clear}
        </Link>
      )}
    </div>
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

type FilterOption = { value: string; label: string };

type FilterSelectProps = {
  label: string;
  name: string;
  value: string | undefined;
  /** The text of the choice that filters nothing. */
  any?: string;
  options?: readonly FilterOption[];
  /** Options under a heading each. */
  groups?: readonly { label: string; options: readonly FilterOption[] }[];
  error?: string | undefined;
};

/** One choice of a GET form. A value of the address stays visible, even when it is none of the options. */
export function FilterSelect({ label, name, value, any, options = [], groups = [], error }: FilterSelectProps) {
  const all = [...options, ...groups.flatMap((group) => group.options)];
  const isKnown = value === undefined || all.some((option) => option.value === value);
  return (
    <Field label={label} error={error}>
      {(aria) => (
        <Select {...aria} name={name} defaultValue={value ?? ""}>
          {any === undefined ? null : <option value="">{any}</option>}
          {isKnown ? null : <option value={value}>{value}</option>}
          <Options options={options} />
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              <Options options={group.options} />
            </optgroup>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Options({ options }: { options: readonly FilterOption[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
