import { buttonStyles } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Select } from "@mgs/ui/select";
import Link from "next/link";

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
