import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Devices } from "@mgs/identity/devices/list-devices";
import { DeviceCards } from "@mgs/portal/devices/device-cards";
import type { DeviceActions } from "@mgs/portal/devices/device-item";
import { deviceTexts } from "@mgs/portal/devices/device-texts";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";

type PersonDevicesProps = {
  devices: Devices;
  locale: Locale;
  actions: DeviceActions & { endAll: () => Promise<ActionResult> };
};

/** The devices of a person, which an administrator ends one by one or all at once. */
export function PersonDevices({ devices, locale, actions }: PersonDevicesProps) {
  const { t } = deviceTexts(locale);
  const count = devices.live.length;
  return (
    <DeviceCards
      devices={devices}
      locale={locale}
      actions={actions}
      action={
        count > 0 ? (
          <ActionButton
            variant="secondary"
            size="sm"
            action={actions.endAll}
            confirm={{
              title: t("confirm.allTitle"),
              text: t("confirm.allText", { count }),
              submit: t("endAll"),
              cancel: t("confirm.cancel"),
              close: messagesFor(locale).shell.close,
              danger: true,
            }}
          >
            {t("endAll")}
          </ActionButton>
        ) : null
      }
    />
  );
}
