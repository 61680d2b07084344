import { can } from "@mgs/audit/permissions";
import { journalPath } from "@mgs/journal/links";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import Link from "next/link";
import type { ConsoleContext } from "../console/console-context";

/** The way to all events about a person in the audit trail. */
export function HistoryCard({ context: { actor, texts }, userId }: { context: ConsoleContext; userId: number }) {
  if (!can(actor, "audit.read")) return null;
  return (
    <Card>
      <CardHeader
        title={texts.t("people.person.history")}
        description={texts.t("people.person.historyText")}
        action={
          <Link
            href={journalPath({ person: String(userId) })}
            className={buttonStyles({ variant: "secondary", size: "sm" })}
          >
            {texts.t("people.person.openHistory")}
          </Link>
        }
      />
    </Card>
  );
}
