import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyles } from "./input";

type TextareaProps = ComponentProps<"textarea"> & {
  /** It has as many lines as its text, up to a few, and scrolls from there on. */
  grows?: boolean;
};

export function Textarea({ className, grows = false, ...props }: TextareaProps) {
  return (
    <textarea
      className={cn(
        controlStyles,
        "py-2 leading-6",
        grows ? "field-sizing-content max-h-48 min-h-control resize-none" : "min-h-32 resize-y",
        className,
      )}
      {...props}
    />
  );
}
