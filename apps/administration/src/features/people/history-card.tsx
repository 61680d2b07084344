import { can } from "@mgs/audit/permissions";
import { listTrail } from "@mgs/audit/trail/list-trail";
import { createEventDescriber } from "@mgs/journal/describe-event";
import { readEventNames } from "@mgs/journal/event-names";
import { journalEventPath, journalPath } from "@mgs/journal/links";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import Link from "next/link";
import type { ConsoleContext } from "../console/console-context";

/** So many events stand on a person's page; the audit trail has all of them. */
const SHOWN_EVENTS = 5;

/** The last events about a person, and the way to all of them in the audit trail. */
export async function HistoryCard({ context, userId }: { context: ConsoleContext; userId: number }) {
  const { actor, runtime, texts } = context;
  if (!can(actor, "audit.read")) return null;
  const { items } = await listTrail(runtime, actor, { user_id: userId, limit: SHOWN_EVENTS });
  const describer = createEventDescriber(texts.locale, await readEventNames(runtime.database, items));
  const query = { person: String(userId) };
  return (
    <Card>
      <CardHeader
        title={texts.t("people.person.history")}
        description={texts.t("people.person.historyText", { count: SHOWN_EVENTS })}
        action={
          <Link href={journalPath(query)} className={buttonStyles({ variant: "secondary", size: "sm" })}>
            {texts.t("people.person.openHistory")}
          </Link>
        }
      />
      {items.length > 0 ? (
        <ul className="divide-y divide-line">
          {items.map((event) => (
            <li key={event.id} data-action={event.action} className="px-4 py-3 sm:px-6">
              <Link
                href={journalEventPath(event.id, query)}
                prefetch={false}
                className="break-words underline-offset-4 hover:underline"
              >
                {describer.sentence(event)}
              </Link>
              <time dateTime={event.at.toISOString()} className="mt-0.5 block text-muted text-xs tabular-nums">
                {texts.dateTime(event.at.toISOString())}
              </time>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
