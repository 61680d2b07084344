import type { ReactNode } from "react";

type CardHeaderProps = { title: string; id?: string; description?: string; action?: ReactNode; icon?: ReactNode };

/** The header of a card. It has a file of its own, because the skeletons that load with every page do not use it. */
export function CardHeader({ title, id, description, action, icon }: CardHeaderProps) {
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 border-line px-4 py-3 not-last:border-b sm:flex-nowrap sm:px-6">
      {icon ? <span className="text-muted [&_svg]:size-4">{icon}</span> : null}
      <div className="min-w-0 flex-1 basis-40">
        <h2 id={id} className="text-balance break-words font-semibold text-sm">
          {title}
        </h2>
        {description ? <p className="text-muted text-xs">{description}</p> : null}
      </div>
      {action}
    </header>
  );
}
