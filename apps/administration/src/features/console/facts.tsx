import { cn } from "@mgs/ui/cn";
import type { ReactNode } from "react";

/** What is known of one thing: a term and its value on each line; on a phone the value stands below its term. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl
      className={cn(
        "grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)] sm:gap-y-3",
        className,
      )}
    >
      {children}
    </dl>
  );
}

/** One line of `Facts`; the note is for machines and support. */
export function Fact({ term, note, children }: { term: string; note?: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-words font-medium max-sm:mb-3">
        {children}
        {note === undefined ? null : <span className="block font-mono font-normal text-muted text-xs">{note}</span>}
      </dd>
    </>
  );
}
