import { cn } from "@mgs/ui/cn";
import { DataCell, DataRow, DataTable } from "../table";
import { type FigureTranslator, Trend } from "./figure";
import { type ReplicaSample, ratesOf, type Sample } from "./samples";

type ReplicaTableProps = {
  samples: readonly Sample[];
  replicas: readonly ReplicaSample[];
  count: (value: number) => string;
  rate: (value: number) => string;
  t: FigureTranslator;
};

const COLUMNS = ["name", "connections", "channels", "sent", "slow", "memory", "uptime"] as const;

/** Lists the processes of the realtime server with their figures. */
export function ReplicaTable({ samples, replicas, count, rate, t }: ReplicaTableProps) {
  return (
    <DataTable label={t("replicaTable")} columns={COLUMNS.map((name) => t(`columns.${name}`))}>
      {replicas.map((replica) => {
        const sent = ratesOf(samples, "messages_out", replica.id);
        const last = sent.at(-1);
        return (
          <DataRow key={replica.id} data-replica={replica.id}>
            <DataCell>
              <span className="block font-medium">{t("host", { host: replica.host, pid: String(replica.pid) })}</span>
              <span className="block break-all font-mono text-muted text-xs">{replica.version}</span>
            </DataCell>
            <DataCell holds="figures" name={t("columns.connections")} className="tabular-nums">
              {count(replica.connections)}
            </DataCell>
            <DataCell holds="figures" name={t("columns.channels")} className="tabular-nums">
              {count(replica.channels)}
            </DataCell>
            <DataCell holds="figures" name={t("columns.sent")} className="tabular-nums lg:w-48">
              <span className="flex items-center gap-3">
                <span className="w-16 shrink-0 whitespace-nowrap">{last === undefined ? "–" : rate(last)}</span>
                <span className="min-w-0 flex-1">
                  <Trend
                    size="sm"
                    name={t("host", { host: replica.host, pid: String(replica.pid) })}
                    values={sent}
                    write={rate}
                    t={t}
                  />
                </span>
              </span>
            </DataCell>
            <DataCell holds="figures" name={t("columns.slow")} className="tabular-nums">
              <span className={cn(replica.slow_clients_closed > 0 && "font-medium text-warning-ink")}>
                {count(replica.slow_clients_closed)}
              </span>
            </DataCell>
            <DataCell holds="figures" name={t("columns.memory")} className="whitespace-nowrap tabular-nums">
              {replica.memory}
            </DataCell>
            <DataCell holds="figures" name={t("columns.uptime")} className="whitespace-nowrap tabular-nums">
              {replica.uptime}
            </DataCell>
          </DataRow>
        );
      })}
    </DataTable>
  );
}
