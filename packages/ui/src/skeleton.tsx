import { cn } from "./cn";

/** The place of what is still loading, in its size, so that nothing moves when it comes. */
export function Skeleton({ round = false, className }: { round?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("block animate-pulse bg-subtle", round ? "rounded-full" : "rounded-md", className)}
    />
  );
}
