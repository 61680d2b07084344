import { cn } from "./cn";

/** A placeholder of the size of content that is still loading, so that the page does not move afterwards. */
export function Skeleton({ round = false, className }: { round?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("block animate-pulse bg-subtle", round ? "rounded-full" : "rounded-md", className)}
    />
  );
}
