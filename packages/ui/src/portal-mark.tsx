import { cn } from "./cn";

type PortalName = "administration" | "commercial" | "gestion-dossier";

/** Each portal has a drawing of its own, so that people tell them apart by shape as well as by colour. */
const DRAWINGS: Record<PortalName, string> = {
  administration: "M12 5.5 18 8v4.2c0 3.2-2.4 5.4-6 6.8-3.6-1.4-6-3.6-6-6.8V8l6-2.5Zm-2.6 6.6 1.9 1.9 3.5-3.7",
  commercial: "M6 17.5v-4m4 4v-7m4 7v-5m4 5v-10M6 9.5l4-3 4 2 4-3",
  "gestion-dossier":
    "M5.5 8.2c0-.9.6-1.5 1.5-1.5h3.2l1.8 2h5c.9 0 1.5.6 1.5 1.5v5.6c0 .9-.6 1.5-1.5 1.5H7c-.9 0-1.5-.6-1.5-1.5V8.2Zm3 4.6h7m-7 2.4h4",
};

type PortalMarkProps = { portal: PortalName; size?: "sm" | "md" | "lg"; className?: string };

/** The portal's sign in its own accent colour, as decoration; the portal's name is written beside it. */
export function PortalMark({ portal, size = "md", className }: PortalMarkProps) {
  return (
    <span
      data-portal={portal}
      className={cn(
        "inline-flex shrink-0 items-center justify-center bg-accent text-white",
        size === "sm" && "size-6 rounded-md",
        size === "md" && "size-8 rounded-lg",
        size === "lg" && "size-12 rounded-xl",
        className,
      )}
    >
      <svg aria-hidden="true" viewBox="0 0 24 24" fill="none" className="size-[78%]">
        <path
          d={DRAWINGS[portal]}
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}
