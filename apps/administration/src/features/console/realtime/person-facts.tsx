import { countPersonConnections } from "@mgs/realtime-admin/person-connections";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { ConsoleContext } from "../console-context";
import { DisconnectButton } from "./disconnect-button";
import { tryRead } from "./try-read";

type PersonFactsProps = {
  context: ConsoleContext;
  userId: number;
  disconnect: (userId: number, idempotencyKey: string) => Promise<ActionResult>;
};

/** Shows how many connections a person has, and offers to close them. */
export async function PersonFacts({ context, userId, disconnect }: PersonFactsProps) {
  const { texts, runtime, actor } = context;
  const { value } = await tryRead(context, () => countPersonConnections(runtime, actor, { userId }));
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
