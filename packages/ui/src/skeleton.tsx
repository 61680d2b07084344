import { cn } from "./cn";

/** The place of what is still loading, in its size, so that nothing moves when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block animate-pulse rounded-md bg-subtle", className)} />;
}
