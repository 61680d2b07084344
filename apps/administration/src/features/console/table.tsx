import { cn } from "@mgs/ui/cn";
import type { ComponentProps, ReactNode } from "react";

/**
 * A table that becomes a list of cards below `lg`. Its roles are written out, because browsers drop the roles of table parts
 * that are displayed as blocks.
 */
export function DataTable({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly ReactNode[];
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: displayed as blocks on a phone, where the role would be lost
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
              className="border-line border-b px-3 py-2 text-start font-medium text-muted text-xs first:ps-6 last:pe-6"
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
      <tbody role="rowgroup" className="block divide-y divide-line lg:table-row-group">
        {children}
      </tbody>
    </table>
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
