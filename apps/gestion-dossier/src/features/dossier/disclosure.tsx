import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

/** A part that opens at a press, without scripts: a form that few need at once. */
export function Disclosure({ summary, label, children }: { summary: string; label?: string; children: ReactNode }) {
  return (
    <details className="group min-w-0 open:basis-full">
      <summary
        aria-label={label}
        className="inline-flex min-h-control-sm cursor-pointer list-none items-center gap-1 rounded-md text-accent-ink text-sm pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden"
      >
        <ChevronDown aria-hidden className="size-4 transition-transform group-open:rotate-180" />
        {summary}
      </summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}
