import type { ReactNode } from "react";

type PageHeaderProps = { title: string; intro?: ReactNode; actions?: ReactNode };

/** The top of every page: its only h1, an introduction below it, and its actions at the end. */
export function PageHeader({ title, intro, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="text-balance break-words font-semibold text-display">{title}</h1>
        {intro ? <p className="mt-1 break-words text-muted">{intro}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
