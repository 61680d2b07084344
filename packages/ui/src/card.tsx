import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section className={cn("min-w-0 rounded-xl border border-line bg-surface shadow-card", className)} {...props} />
  );
}

type CardHeaderProps = { title: string; id?: string; description?: string; action?: ReactNode; icon?: ReactNode };

export function CardHeader({ title, id, description, action, icon }: CardHeaderProps) {
  return (
    <header className="flex min-h-14 items-center gap-3 border-line border-b px-4 py-3 sm:px-6">
      {icon ? <span className="text-muted [&_svg]:size-4">{icon}</span> : null}
      <div className="min-w-0 flex-1">
        <h2 id={id} className="text-balance break-words font-semibold text-sm">
          {title}
        </h2>
        {description ? <p className="text-muted text-xs">{description}</p> : null}
      </div>
      {action}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("p-4 sm:p-6", className)} {...props} />;
}
