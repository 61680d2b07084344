import { realtimePath } from "@mgs/console/links";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Field } from "@mgs/ui/field";
import { UserRound } from "lucide-react";
import type { ReactNode } from "react";
import type { ConsoleContext } from "../console-context";
import { LiveRegion } from "../live-region";
import { Candidates } from "../people/candidates";
import { findPerson } from "../people/find-person";
import { PersonField } from "../people/person-field";
import { PersonFacts } from "./person-facts";
import { type RealtimeSearch, realtimeHref } from "./realtime-search";

/** The card refreshes, because sockets take a moment to close. */
const REFRESH_SECONDS = 5;

type PersonCardProps = {
  context: ConsoleContext;
  search: RealtimeSearch;
  readPerson: (userId: number) => Promise<ReactNode>;
  disconnect: (userId: number, idempotencyKey: string) => Promise<ActionResult>;
};

/** Finds a person, shows how many connections they have, and offers to close them. */
export async function PersonCard({ context, search, readPerson, disconnect }: PersonCardProps) {
  const { texts } = context;
  const { t } = texts;
  const { chosen, candidates } = await findPerson(context, search.person);
  return (
    <Card>
      <CardHeader title={t("realtime.person.title")} icon={<UserRound aria-hidden />} />
      <CardBody className="grid grid-cols-1 gap-4">
        <form method="get" action={realtimePath()} className="flex items-end gap-2">
          {search.prefix ? <input type="hidden" name="prefix" value={search.prefix} /> : null}
          {search.channel ? <input type="hidden" name="channel" value={search.channel} /> : null}
          <Field label={t("realtime.person.search")} className="min-w-0 flex-1">
            {(aria) => (
              <PersonField
                name="person"
                aria={aria}
                chosen={chosen}
                search={search.person}
                placeholder=""
                clearHref={realtimeHref(search, { person: undefined })}
                clearLabel={(name) => t("realtime.person.clear", { name })}
              />
            )}
          </Field>
          {chosen ? null : (
            <button type="submit" className={buttonStyles({ variant: "secondary" })}>
              {t("realtime.person.find")}
            </button>
          )}
        </form>
        {candidates ? (
          <Candidates
            texts={texts}
            search={search.person ?? ""}
            people={candidates}
            hrefOf={(id) => realtimeHref(search, { person: String(id) })}
          />
        ) : null}
        {chosen ? (
          <div>
            <LiveRegion
              key={chosen.id}
              read={readPerson.bind(null, chosen.id)}
              refreshSeconds={REFRESH_SECONDS}
              note={t("queues.live", { seconds: REFRESH_SECONDS })}
              staleNote={t("queues.stale", { time: texts.dateTime(new Date().toISOString()) })}
            >
              <PersonFacts context={context} userId={chosen.id} disconnect={disconnect} />
            </LiveRegion>
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}
