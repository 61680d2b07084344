import { dashboardPath } from "@mgs/core/portal-links";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Session } from "@mgs/identity/portal-session";
import { buttonStyles } from "@mgs/ui/button";
import { EmptyState } from "@mgs/ui/empty-state";
import { Compass } from "lucide-react";
import { currentLocale } from "./current-locale";

/** The page of `not-found.tsx`, inside or outside the shell. The server renders it, so that no page loads it ahead of time. */
export async function NotFoundPage({ session }: { session: () => Promise<Session | null> }) {
  const { shell, notFound } = messagesFor(await currentLocale(session));
  return (
    <main id="main" className="flex min-h-[60dvh] flex-col items-center justify-center">
      <h1 className="sr-only">{notFound.title}</h1>
      <EmptyState
        icon={<Compass />}
        title={notFound.title}
        text={notFound.text}
        action={
          <a href={dashboardPath()} className={buttonStyles()}>
            {shell.back}
          </a>
        }
      />
    </main>
  );
}
