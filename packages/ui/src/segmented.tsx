import type { ReactNode } from "react";
import { cn } from "./cn";

/** A row of choices, one of them current. Its children are links (`segmentStyles`), so that the address has the choice. */
export function Segmented({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <nav aria-label={label} className={cn("inline-flex max-w-full gap-1 rounded-lg bg-subtle p-1", className)}>
      {children}
    </nav>
  );
}

export function segmentStyles(current: boolean): string {
  return cn(
    "inline-flex h-control-sm items-center gap-2 whitespace-nowrap rounded-md px-3 font-medium text-sm transition-colors",
    current ? "bg-surface text-ink shadow-card" : "text-muted hover:text-ink",
  );
}
