import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import type { Device } from "@mgs/identity/devices/list-devices";

/** Creates the texts of the devices in one language; they stay on the server. */
export function deviceTexts(locale: Locale) {
  const messages = messagesFor(locale);
  const t = createTranslator(locale, messages, "devices");
  return {
    t,
    /** Names a device by its browser and system. */
    name: ({ browser, system }: Pick<Device, "browser" | "system">): string =>
      browser && system ? t("name", { browser, system }) : (browser ?? system ?? t("unknown")),
    /** The question before an act on a device. */
    confirm: (act: "end" | "remove", device: string) => ({
      title: t(`confirm.${act}Title`),
      text: t(`confirm.${act}Text`, { device }),
      submit: t(act),
      cancel: t("confirm.cancel"),
      close: messages.shell.close,
      danger: true,
    }),
  };
}
export type DeviceTexts = ReturnType<typeof deviceTexts>;
