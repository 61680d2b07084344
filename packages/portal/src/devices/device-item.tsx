import type { Locale } from "@mgs/core/locale";
import type { Device } from "@mgs/identity/devices/list-devices";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import { LogOut, Monitor, Smartphone, Tablet, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { type DeviceTexts, deviceTexts } from "./device-texts";
import { LogoutStates } from "./logout-states";

const ICONS = { computer: Monitor, phone: Smartphone, tablet: Tablet };

/** The server actions of the list; their first argument is the device's id. */
export type DeviceActions = {
  end: (userSessionId: string) => Promise<ActionResult>;
  remove: (userSessionId: string) => Promise<ActionResult>;
};

type DeviceItemProps = { device: Device; locale: Locale; actions: DeviceActions };

/** One device of the list: what it is, where and when it was seen, what it has open, and what can be done about it. */
export function DeviceItem({ device, locale, actions }: DeviceItemProps) {
  const texts = deviceTexts(locale);
  const name = texts.name(device);
  return (
    <li data-device={device.id} className="flex flex-col gap-4 px-4 py-5 sm:flex-row sm:px-6">
      <div className="flex min-w-0 flex-1 gap-4">
        <DeviceIcon kind={device.kind} />
        <div className="grid min-w-0 flex-1 grid-cols-1 content-start gap-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 break-words font-medium">{name}</span>
            {device.isCurrent ? <Badge tone="success">{texts.t("current")}</Badge> : null}
          </p>
          <DeviceFacts device={device} texts={texts} />
          {device.applications.length > 0 ? (
            <p className="mt-1 flex flex-wrap gap-1">
              <span className="sr-only">{texts.t("applications")}</span>
              {device.applications.map((application) => (
                <Badge wraps key={application}>
                  {application}
                </Badge>
              ))}
            </p>
          ) : null}
          {device.end ? <LogoutStates logouts={device.end.logouts} texts={texts} /> : null}
        </div>
      </div>
      {device.isCurrent ? null : (
        <div className="flex flex-wrap items-start gap-2 ps-14 sm:ps-0">
          {device.end ? null : (
            <ActionButton
              variant="secondary"
              size="sm"
              action={actions.end.bind(null, device.id)}
              label={texts.t("endLabel", { device: name })}
              confirm={texts.confirm("end", name)}
            >
              <LogOut aria-hidden />
              {texts.t("end")}
            </ActionButton>
          )}
          <ActionButton
            variant="ghost"
            size="sm"
            action={actions.remove.bind(null, device.id)}
            label={texts.t("removeLabel", { device: name })}
            confirm={texts.confirm("remove", name)}
          >
            <Trash2 aria-hidden />
            {texts.t("remove")}
          </ActionButton>
        </div>
      )}
    </li>
  );
}

/** The picture of a kind of device. */
export function DeviceIcon({ kind }: Pick<Device, "kind">) {
  const Icon = ICONS[kind];
  return (
    <span
      aria-hidden
      className="inline-flex size-10 shrink-0 items-center justify-center rounded-lg bg-subtle text-muted [&_svg]:size-5"
    >
      <Icon />
    </span>
  );
}

function DeviceFacts({ device, texts }: { device: Device; texts: DeviceTexts }) {
  const { t } = texts;
  const where = [device.place, device.ip].filter((part) => part !== null);
  return (
    <>
      {where.length > 0 ? (
        <Line>
          <bdi>{where.join(" · ")}</bdi>
        </Line>
      ) : null}
      {device.end ? (
        <Line>
          {t(`ends.${device.end.reason ?? "unknown"}`)} · <RelativeTime iso={device.end.at.toISOString()} />
        </Line>
      ) : (
        <Line>
          {t("seen")} <RelativeTime iso={device.lastSeenAt.toISOString()} />
        </Line>
      )}
      <Line>
        {t("signedIn")} <RelativeTime iso={device.createdAt.toISOString()} /> · {t(`methods.${device.method}`)}
      </Line>
    </>
  );
}

const Line = ({ children }: { children: ReactNode }) => <p className="break-words text-muted text-xs">{children}</p>;
