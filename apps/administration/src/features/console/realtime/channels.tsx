import { findChannelOwners } from "@mgs/realtime-admin/channel-owners";
import type { PersonName } from "@mgs/realtime-admin/people";
import { searchChannels } from "@mgs/realtime-admin/search-channels";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { EmptyState } from "@mgs/ui/empty-state";
import { RadioTower } from "lucide-react";
import Link from "next/link";
import type { ConsoleContext } from "../console-context";
import { DataCell, DataRow, DataTable } from "../table";
import { ChannelDetails } from "./channel-details";
import { KindBadge } from "./kind-badge";
import { type RealtimeSearch, realtimeHref } from "./realtime-search";
import { tryRead } from "./try-read";
import { Unreadable } from "./unreadable";

/** A longer prefix finds channels beyond these. */
const MAX_CHANNELS = 30;

type ChannelsProps = {
  context: ConsoleContext;
  search: RealtimeSearch;
  disconnect: (userId: number, idempotencyKey: string) => Promise<ActionResult>;
};

/** Lists the occupied channels that the address asks for, or shows the one that it names. */
export async function Channels({ context, search, disconnect }: ChannelsProps) {
  if (search.channel !== undefined) {
    return <ChannelDetails context={context} search={search} channel={search.channel} disconnect={disconnect} />;
  }
  const { texts, runtime, actor } = context;
  const { t, number } = texts;
  const { value, problem } = await tryRead(context, async () => {
    if (!isPrefix(search.prefix ?? "")) return { channels: [], total: 0, owners: new Map<string, PersonName>() };
    const found = await searchChannels(runtime, actor, { prefix: search.prefix ?? "", limit: MAX_CHANNELS });
    return {
      ...found,
      owners: await findChannelOwners(runtime, actor, { channels: found.channels.map(({ name }) => name) }),
    };
  });
  if (value === null) return <Unreadable texts={texts} problem={problem} />;
  if (value.total === 0) {
    return (
      <EmptyState
        icon={<RadioTower />}
        title={t("realtime.channels.empty.title")}
        text={t(search.prefix ? "realtime.channels.empty.text" : "realtime.channels.empty.nobody")}
      />
    );
  }
  const columns = (["name", "subscriptions", "users"] as const).map((name) => t(`realtime.channels.columns.${name}`));
  const shown = value.channels.length;
  return (
    <>
      <DataTable label={t("realtime.channels.table")} columns={columns}>
        {value.channels.map(({ name, kind, subscriptions, users }) => (
          <DataRow key={name} data-channel={name}>
            <DataCell>
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Link
                  href={realtimeHref(search, { channel: name })}
                  prefetch={false}
                  scroll={false}
                  className="break-all font-mono text-accent-ink text-xs underline-offset-4 hover:underline"
                >
                  {name}
                </Link>
                <bdi className="text-muted empty:hidden">{value.owners.get(name)?.name}</bdi>
                {/* The names of other channels need no explanation. */}
                {kind === "presence" || kind === "encrypted" ? <KindBadge texts={texts} kind={kind} /> : null}
              </div>
            </DataCell>
            <DataCell holds="figures" name={columns[1] ?? ""} className="tabular-nums">
              {subscriptions === null ? t("realtime.channels.unknown") : number(subscriptions)}
            </DataCell>
            {users === null ? (
              <DataCell holds="figures" />
            ) : (
              <DataCell holds="figures" name={columns[2] ?? ""} className="tabular-nums">
                {number(users)}
              </DataCell>
            )}
          </DataRow>
        ))}
      </DataTable>
      <p className="border-line border-t px-4 pt-3 text-muted text-xs sm:px-6">
        {shown < value.total
          ? t("realtime.channels.some", { shown: number(shown), total: number(value.total) })
          : t("realtime.channels.count", { count: value.total })}
      </p>
    </>
  );
}

/** Whether a channel's name can begin with a text. */
function isPrefix(text: string): boolean {
  return /^[\w\-=@,.;]*$/.test(text);
}
