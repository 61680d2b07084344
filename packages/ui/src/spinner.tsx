import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** A spinner as decoration; the text beside it, or aria-busy, tells screen readers that work goes on. */
export function Spinner({ className }: { className?: string | undefined }) {
  return <LoaderCircle aria-hidden className={cn("size-4 shrink-0 animate-spin", className)} />;
}
