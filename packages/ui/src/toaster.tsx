"use client";
import { Toaster as Sonner } from "sonner";

/** Where toasts appear: three at most, the rest stacked behind; the clock stops under the pointer and in a hidden tab. */
export function Toaster({ label }: { label: string }) {
  return (
    <Sonner
      position="bottom-right"
      visibleToasts={3}
      expand
      gap={8}
      duration={8_000}
      dir="auto"
      containerAriaLabel={label}
      offset={24}
      mobileOffset={{ bottom: 80, left: 12, right: 12 }}
      toastOptions={{ unstyled: true, className: "w-full" }}
    />
  );
}
