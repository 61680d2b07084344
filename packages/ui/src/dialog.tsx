"use client";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

type ContentProps = Omit<ComponentProps<typeof Primitive.Content>, "title"> & {
  title: string;
  description?: string;
  closeLabel: string;
  /** `dialog` floats in the middle; `sheet` rises from the bottom edge (phones). */
  shape?: "dialog" | "sheet";
  footer?: ReactNode;
};

/** A modal with a title, an optional description and a close button. */
export function DialogContent({
  title,
  description,
  closeLabel,
  shape = "dialog",
  footer,
  className,
  children,
  ...props
}: ContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/45" />
      <Primitive.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "fixed z-50 flex max-h-[85dvh] flex-col bg-raised text-ink shadow-float outline-none",
          shape === "dialog" &&
            "inset-x-4 top-1/2 mx-auto w-auto max-w-md -translate-y-1/2 animate-fade-in rounded-xl border border-line",
          shape === "sheet" && "inset-x-0 bottom-0 animate-fade-in rounded-t-2xl border-line border-t",
          className,
        )}
        {...props}
      >
        <div className="flex items-start gap-4 px-4 pt-4 sm:px-6 sm:pt-6">
          <div className="min-w-0 flex-1">
            <Primitive.Title className="font-semibold text-title">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="mt-1 text-muted">{description}</Primitive.Description>
            ) : null}
          </div>
          <Primitive.Close asChild>
            <Button variant="ghost" size="icon" aria-label={closeLabel}>
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        </div>
        <div className="overflow-y-auto px-4 py-4 sm:px-6">{children}</div>
        {footer ? <div className="flex justify-end gap-2 border-line border-t p-4 sm:px-6">{footer}</div> : null}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
