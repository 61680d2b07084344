import type { ComponentProps } from "react";
import { cn } from "./cn";

export const controlStyles =
  "w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-base text-ink shadow-card transition-colors hover:border-line-strong focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger-ink sm:text-sm";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(controlStyles, "h-control", className)} {...props} />;
}
