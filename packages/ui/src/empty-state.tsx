import type { ReactNode } from "react";
import { cn } from "./cn";

type EmptyStateProps = { icon: ReactNode; title: string; text?: string; action?: ReactNode; className?: string };

export function EmptyState({ icon, title, text, action, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-1 px-6 py-12 text-center", className)}>
      <span
        aria-hidden
        className="mb-3 inline-flex size-12 items-center justify-center rounded-2xl bg-accent-soft text-accent-ink [&_svg]:size-5"
      >
        {icon}
      </span>
      <p className="font-semibold">{title}</p>
      {text ? <p className="max-w-prose text-balance text-muted">{text}</p> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
