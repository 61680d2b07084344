import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** Decoration only: the text beside it, or aria-busy, says what goes on. */
export function Spinner({ className }: { className?: string | undefined }) {
  return <LoaderCircle aria-hidden className={cn("size-4 shrink-0 animate-spin", className)} />;
}
