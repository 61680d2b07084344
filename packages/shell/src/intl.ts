import type { Locale } from "@mgs/core/locale";
import type { Messages } from "@mgs/i18n/catalogue";
import type {} from "next-intl";

/** What pages need in the browser; the texts of e-mails and of the console stay on the server. */
export type ClientMessages = Omit<Messages, "email" | "console">;

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: ClientMessages;
  }
}
