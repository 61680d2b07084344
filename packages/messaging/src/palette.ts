import type { Clock } from "@mgs/core/clock";
import { systemClock } from "@mgs/core/clock";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { can } from "@mgs/identity/permissions";
import { searchUsers } from "@mgs/identity/search-users";
import type { PaletteSource } from "@mgs/module/palette";
import { listConversations } from "./conversations/list-conversations";
import type { MessagingPorts } from "./deps";
import { conversationPath, writePath } from "./links";

const MAX_ITEMS = 6;

/** One's conversations, by names of people and their own, and colleagues, to write to. Every portal has their pages. */
export const messagePalette = (ports: MessagingPorts, clock: Clock = systemClock): readonly PaletteSource[] => [
  {
    group: "conversations",
    async search(deps, actor, words) {
      if (words === "" || actor.impersonation || !actor.scopes.includes("messages:read")) return [];
      const query = { search: words, limit: String(MAX_ITEMS) };
      const { conversations } = await listConversations({ ...deps, ...ports, clock }, actor, query);
      return conversations.map(({ id, title, subject, last_message: last }) => ({
        ...{ id: `conversation-${id}`, title, href: conversationPath(id) },
        detail: subject?.title ?? last?.excerpt ?? "",
      }));
    },
  },
  {
    group: "people",
    async search(deps, actor, words) {
      const mayWrite = !actor.impersonation && actor.scopes.includes("messages:write") && can(actor, "people.search");
      if (words === "" || !mayWrite) return [];
      const t = createTranslator(actor.locale, { messages: messagesFor(actor.locale).messages }, "messages");
      const people = (await searchUsers(deps, actor, words)).filter(({ id }) => id !== actor.userId);
      return people.slice(0, MAX_ITEMS).map(({ id, name, role_name }) => ({
        ...{ id: `write-${id}`, title: t("writeTo", { name }), detail: role_name, href: writePath(id) },
      }));
    },
  },
];
