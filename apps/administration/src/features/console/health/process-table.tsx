import type { ProcessDto } from "@mgs/observability/processes/list-processes";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import { CircleCheck, CircleX } from "lucide-react";
import { DataCell, DataRow, DataTable } from "../table";
import type { ConsoleTexts } from "../texts";

/** Lists every process that has reported within the last hour. */
export function ProcessTable({ texts, processes }: { texts: ConsoleTexts; processes: readonly ProcessDto[] }) {
  const { t } = texts;
  const columns = (["name", "state", "version", "uptime", "memory", "error"] as const).map((name) =>
    t(`health.columns.${name}`),
  );
  return (
    <DataTable label={t("health.processTable")} columns={columns}>
      {processes.map((one) => (
        <DataRow key={one.instance_id} data-process={one.name}>
          <DataCell>
            <span className="block font-medium">{one.name}</span>
            <span className="block text-muted text-xs">
              {t("health.host", { host: one.host, pid: String(one.pid) })}
            </span>
          </DataCell>
          <DataCell holds="figures" name={t("health.columns.state")}>
            <Badge tone={one.state === "alive" ? "success" : "danger"}>
              {one.state === "alive" ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
              {t(`health.states.${one.state}`)}
            </Badge>
            {one.state === "silent" ? (
              <span className="mt-1 block text-muted text-xs">
                <RelativeTime iso={one.seen_at} />
              </span>
            ) : null}
          </DataCell>
          <DataCell holds="figures" name={t("health.columns.version")}>
            <span className="break-all font-mono text-xs lg:whitespace-nowrap">{one.version}</span>
          </DataCell>
          <DataCell holds="figures" name={t("health.columns.uptime")} className="whitespace-nowrap tabular-nums">
            {texts.duration(one.uptime_seconds)}
          </DataCell>
          <DataCell holds="figures" name={t("health.columns.memory")} className="whitespace-nowrap tabular-nums">
            {texts.bytes(one.memory_rss)}
          </DataCell>
          <DataCell name={t("health.columns.error")}>
            {one.last_error ? (
              <>
                <span className="line-clamp-3 text-danger-ink text-xs">{one.last_error}</span>
                {one.last_error_at ? <RelativeTime iso={one.last_error_at} className="text-muted text-xs" /> : null}
              </>
            ) : (
              <span className="text-muted">{t("health.noError")}</span>
            )}
          </DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}
