import { buttonStyles } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import type { ReactNode } from "react";

type ListMenuProps = { label: string; icon: ReactNode; children: ReactNode; className?: string };

/**
 * A panel that opens at a button, without scripts: a phone has it in the page, other screens over it. `ListKeys` around it shuts it at Escape and at a
 * press elsewhere.
 */
export function ListMenu({ label, icon, children, className }: ListMenuProps) {
  return (
    <details data-menu="" className="group relative max-sm:open:basis-full">
      <summary
        className={cn(
          buttonStyles({ variant: "secondary" }),
          "w-fit list-none group-open:bg-subtle [&::-webkit-details-marker]:hidden",
        )}
      >
        {icon}
        {label}
      </summary>
      <div
        className={cn(
          "z-20 mt-2 rounded-xl border border-line bg-raised p-4 shadow-float sm:absolute sm:end-0 sm:w-88",
          className,
        )}
      >
        {children}
      </div>
    </details>
  );
}
