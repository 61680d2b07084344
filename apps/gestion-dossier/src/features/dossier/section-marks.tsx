import type { ReactNode } from "react";

type SectionMarksProps = {
  label: string;
  /** Ids of `PageSection`s and their names, in the order of the page on a phone. */
  sections: readonly { id: string; title: string }[];
};

/** Links to the parts of a long page. They stay in sight below the frame; on a phone the row scrolls sideways. */
export function SectionMarks({ label, sections }: SectionMarksProps) {
  return (
    <nav
      aria-label={label}
      className="sticky top-[calc(3.5rem+var(--frame-top,0px))] z-20 -mx-4 mb-6 border-line border-y bg-canvas sm:mx-0 sm:rounded-xl sm:border sm:bg-surface sm:shadow-card xl:hidden"
    >
      <ul className="flex overflow-x-auto overscroll-x-contain px-2 py-1 [scrollbar-width:thin] sm:px-3">
        {sections.map(({ id, title }) => (
          <li key={id} className="shrink-0">
            <a
              href={`#${id}`}
              className="inline-flex min-h-11 items-center rounded-lg px-2.5 text-muted text-sm hover:bg-subtle hover:text-ink focus-visible:-outline-offset-2"
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A part of a page that a link of `SectionMarks` leads to: it stands below the row of them, and has the focus. */
export function PageSection({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div
      id={id}
      tabIndex={-1}
      className="grid min-w-0 scroll-mt-[calc(8rem+var(--frame-top,0px))] gap-6 outline-none xl:scroll-mt-[calc(5rem+var(--frame-top,0px))]"
    >
      {children}
    </div>
  );
}
