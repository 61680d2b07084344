import { buttonStyles } from "@mgs/ui/button";
import Link from "next/link";
import { ActiveFilter } from "./active-filter";

type ActiveFiltersProps = {
  texts: { label: string; remove: string; clear: string };
  /** Each with the address of the list without it. */
  filters: readonly { name: string; text: string; isInvalid: boolean; href: string }[];
  /** The address of the list without any. */
  clearHref: string;
};

/** What a list is narrowed to, in words: links that take one filter away each, and one for all of them. Nothing while there is none. */
export function ActiveFilters({ texts, filters, clearHref }: ActiveFiltersProps) {
  if (filters.length === 0) return null;
  return (
    <ul aria-label={texts.label} className="flex flex-wrap items-center gap-2">
      {filters.map(({ name, ...filter }) => (
        <ActiveFilter key={name} {...filter} remove={texts.remove} />
      ))}
      <li>
        <Link
          href={clearHref}
          prefetch={false}
          scroll={false}
          className={buttonStyles({ variant: "link", size: "sm" })}
        >
          {texts.clear}
        </Link>
      </li>
    </ul>
  );
}
