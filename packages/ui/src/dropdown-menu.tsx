"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Menu } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Not modal: the page beside it stays readable and scrollable. */
export function DropdownMenu(props: ComponentProps<typeof Menu.Root>) {
  return <Menu.Root modal={false} {...props} />;
}

export const DropdownMenuTrigger = Menu.Trigger;
export const DropdownMenuRadioGroup = Menu.RadioGroup;

/** Stays where it is written instead of at the end of the body, so that it is part of its landmark. */
export function DropdownMenuContent({ className, sideOffset = 8, ...props }: ComponentProps<typeof Menu.Content>) {
  return (
    <Menu.Content
      sideOffset={sideOffset}
      collisionPadding={8}
      className={cn(
        "z-50 min-w-56 max-w-[calc(100vw-1rem)] animate-float-in rounded-xl border border-line bg-raised p-1 text-ink shadow-float",
        className,
      )}
      {...props}
    />
  );
}

const itemStyles =
  "relative flex min-h-9 cursor-pointer select-none items-center gap-2 rounded-lg px-2 py-1.5 text-sm outline-none data-[disabled]:cursor-not-allowed data-[highlighted]:bg-subtle data-[disabled]:opacity-55 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";

export function DropdownMenuItem({ className, ...props }: ComponentProps<typeof Menu.Item>) {
  return <Menu.Item className={cn(itemStyles, className)} {...props} />;
}

export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Menu.RadioItem>) {
  return (
    <Menu.RadioItem className={cn(itemStyles, className)} {...props}>
      <span className="flex-1">{children}</span>
      <Menu.ItemIndicator>
        <Check aria-hidden className="size-4 text-accent-ink" />
      </Menu.ItemIndicator>
    </Menu.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Menu.Label>) {
  return <Menu.Label className={cn("px-2 pt-2 pb-1 font-medium text-muted text-xs", className)} {...props} />;
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Menu.Separator>) {
  return <Menu.Separator className={cn("mx-1 my-1 h-px bg-line", className)} {...props} />;
}
