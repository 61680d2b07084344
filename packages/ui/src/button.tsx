import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, MouseEvent } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonStyles = cva(
  "relative inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-lg font-medium text-sm no-underline transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-white shadow-card hover:bg-accent-hover",
        secondary: "border border-line bg-surface text-ink shadow-card hover:bg-subtle",
        ghost: "text-muted hover:bg-subtle hover:text-ink",
        link: "text-accent-ink hover:bg-subtle hover:text-ink",
        danger: "bg-danger text-white shadow-card hover:opacity-90",
      },
      size: {
        sm: "h-control-sm whitespace-nowrap px-3",
        md: "h-control whitespace-nowrap px-4",
        // For long texts, which take two lines on a phone.
        wrap: "min-h-control max-w-full px-4 py-2",
        icon: "size-control-sm",
        "icon-lg": "size-control",
      },
    },
    defaultVariants: { variant: "primary", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonStyles> & {
    /** Shows a spinner, and ignores further presses; the button keeps focus and width. */
    pending?: boolean;
  };

/**
 * A button of `type` "button" by default, so that no form is submitted by mistake. Links take `buttonStyles`. It ignores the
 * second click of a double click, which would undo the first, or hit the row that has moved up.
 */
export function Button({ className, variant, size, pending = false, children, onClick, ...props }: ButtonProps) {
  const classes = cn(buttonStyles({ variant, size }), className);

  function press(event: MouseEvent<HTMLButtonElement>) {
    if (pending || event.detail > 1) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      type="button"
      className={classes}
      onClick={press}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      {...props}
    >
      {pending ? <Spinner className="absolute" /> : null}
      <span className={cn("inline-flex items-center gap-2", pending && "opacity-0")}>{children}</span>
    </button>
  );
}
