import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const badgeStyles = cva(
  "inline-flex max-w-full items-center gap-1 rounded-md px-1.5 font-medium text-2xs [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-subtle text-muted",
        accent: "bg-accent-soft text-accent-ink",
        success: "bg-success-soft text-success-ink",
        warning: "bg-warning-soft text-warning-ink",
        danger: "bg-danger-soft text-danger-ink",
      },
      /** A text that has to be read to its end takes more than one line where it must. */
      wraps: { false: "h-5 truncate", true: "min-h-5 py-0.5" },
    },
    defaultVariants: { tone: "neutral", wraps: false },
  },
);

export function Badge({ className, tone, wraps, ...props }: ComponentProps<"span"> & VariantProps<typeof badgeStyles>) {
  return <span className={cn(badgeStyles({ tone, wraps }), className)} {...props} />;
}
