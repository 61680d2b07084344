import { countPersonConnections } from "@mgs/realtime-admin/person-connections";
import type { ActionResult } from "../action-result";
import type { ConsoleVisit } from "../guard";
import { attempt } from "./attempt";
import { DisconnectButton } from "./disconnect-button";

type PersonFactsProps = {
  visit: ConsoleVisit;
  userId: number;
  disconnect: (userId: number, idempotencyKey: string) => Promise<ActionResult>;
};

/** On how many devices a person is connected, and the means to cut that. */
export async function PersonFacts({ visit, userId, disconnect }: PersonFactsProps) {
  const { texts, runtime, actor } = visit;
  const { value } = await attempt(visit, () => countPersonConnections(runtime, actor, { userId }));
  if (value === null) return <p className="text-warning-ink">{texts.t("realtime.failed")}</p>;
  return (
    <div className="grid justify-items-start gap-4">
      <dl data-person={userId}>
        <dt className="text-muted text-xs">{texts.t("realtime.person.live")}</dt>
        <dd className="font-semibold text-title tabular-nums">{texts.number(value.connected)}</dd>
      </dl>
      <DisconnectButton texts={texts} person={value} disconnect={disconnect} />
    </div>
  );
}
