import { buttonStyles } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import type { ReactNode } from "react";

type ListMenuProps = {
  label: string;
  icon: ReactNode;
  /** The panel's width where it stands over the page. */
  width?: "sm:w-48" | "sm:w-64" | "sm:w-88";
  children: ReactNode;
};

/**
 * A panel that opens at a button, without scripts: a phone has it in the page, other screens over it. `ListKeys` around it shuts it at Escape and at a
 * press elsewhere.
 */
export function ListMenu({ label, icon, width = "sm:w-88", children }: ListMenuProps) {
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
        className={cn("z-20 mt-2 rounded-xl border border-line bg-raised p-4 shadow-float sm:absolute sm:end-0", width)}
      >
        {children}
      </div>
    </details>
  );
}
