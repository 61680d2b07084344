import { cn } from "@mgs/ui/cn";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

type DataTableProps = {
  label: string;
  columns: readonly ReactNode[];
  /** The orders of the columns that have one, in the same places. */
  sorts?: readonly (ColumnSort | null)[];
  /** More columns than a screen holds: the table scrolls in itself, and its header stays in it. */
  scrolls?: boolean;
  children: ReactNode;
};

/** The order that a press on a column's header leads to. */
export type ColumnSort = { href: string; current: "ascending" | "descending" | null };

/**
 * A table that becomes a list of cards below `lg`; its header stays in sight. Its roles are written out, because browsers drop the roles of
 * table parts that are displayed as blocks.
 */
export function DataTable({ label, columns, sorts = [], scrolls = false, children }: DataTableProps) {
  return (
    <div className={cn(scrolls && "relative lg:max-h-[calc(100dvh-8rem)] lg:overflow-auto")}>
      {/* biome-ignore lint/a11y/noRedundantRoles: displayed as blocks on a phone, where the role would be lost */}
      <table role="table" aria-label={label} className="block w-full lg:table">
        {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
        <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
          {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
          <tr role="row" className="lg:table-row">
            {columns.map((column, index) => (
              <th
                key={index}
                // biome-ignore lint/a11y/noRedundantRoles: as above
                role="columnheader"
                scope="col"
                aria-sort={sorts[index]?.current ?? undefined}
                className={cn(
                  "z-10 border-line border-b bg-surface px-3 py-2 text-start font-medium text-muted text-xs first:ps-6 last:pe-6 lg:sticky",
                  scrolls ? "lg:top-0" : "lg:top-[calc(var(--frame-top,0px)+3.5rem)]",
                )}
              >
                <ColumnHeader sort={sorts[index] ?? null}>{column}</ColumnHeader>
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
        <tbody role="rowgroup" className="block divide-y divide-line lg:table-row-group">
          {children}
        </tbody>
      </table>
    </div>
  );
}

const SORT_ICONS = { ascending: ArrowUp, descending: ArrowDown };

function ColumnHeader({ sort, children }: { sort: ColumnSort | null; children: ReactNode }) {
  if (!sort) return children;
  const Icon = sort.current === null ? ChevronsUpDown : SORT_ICONS[sort.current];
  return (
    <Link
      href={sort.href}
      prefetch={false}
      scroll={false}
      className={cn(
        "-mx-1 inline-flex items-center gap-1 rounded px-1 hover:text-ink",
        sort.current !== null && "font-semibold text-ink",
      )}
    >
      {children}
      <Icon aria-hidden className="size-3.5 shrink-0" />
    </Link>
  );
}

export function DataRow({ className, ...props }: ComponentProps<"tr">) {
  return (
    <tr
      // biome-ignore lint/a11y/noRedundantRoles: see DataTable
      role="row"
      className={cn("grid gap-2 px-4 py-4 transition-colors hover:bg-subtle/60 sm:px-6 lg:table-row lg:p-0", className)}
      {...props}
    />
  );
}

/**
 * A word that people write breaks wherever it must, so that none widens its table beyond the page. A browser would then break every word
 * of a narrow column too: these widths hold the words that names, addresses and sentences are usually made of.
 */
const WRAPS = {
  text: "wrap-anywhere lg:min-w-34 xl:min-w-46",
  address: "wrap-anywhere lg:min-w-50 xl:min-w-68",
  code: "wrap-anywhere lg:min-w-28 xl:min-w-34",
  figures: "",
};

type DataCellProps = ComponentProps<"td"> & {
  /**
   * What stands in the cell. `address`: an e-mail address; `code`: what machines write, such as a network address; `figures`: numbers, dates,
   * states and buttons, whose column is as wide as they are. Default: `text`.
   */
  holds?: keyof typeof WRAPS;
  /** The text of the column's header, which a card shows beside the value. */
  name?: string;
};

export function DataCell({ name, holds = "text", className, children, ...props }: DataCellProps) {
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: see DataTable
      role="cell"
      className={cn(
        "min-w-0 empty:hidden lg:table-cell lg:px-3 lg:py-3 lg:align-top lg:last:pe-6 lg:first:ps-6 lg:empty:table-cell",
        WRAPS[holds],
        name ? "grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3" : "block",
        className,
      )}
      {...props}
    >
      {name ? (
        <>
          <span aria-hidden className="text-muted lg:hidden">
            {name}
          </span>
          <div className="min-w-0">{children}</div>
        </>
      ) : (
        children
      )}
    </td>
  );
}
