import type { BrowserPost } from "./browser-post";

const MESSAGES = "packages/shell/src/messages";
const TESTS = "packages/messaging/src";
const setsState = (tests: string): BrowserPost => ({ setsState: true, tests: `${TESTS}/${tests}` });

/** What the pages of messages post, what stands in the header beside them, and what every field of texts does. */
export const MESSAGE_POSTS: Readonly<Record<string, BrowserPost>> = {
  [`${MESSAGES}/api.ts#changeConversation`]: setsState("conversations/conversations.itest.ts"),
  [`${MESSAGES}/api.ts#changeMessage`]: setsState("messages/messages.itest.ts"),
  [`${MESSAGES}/api.ts#markRead`]: setsState("reading/reading.itest.ts"),
  [`${MESSAGES}/api.ts#openConversation`]: setsState("conversations/conversations.itest.ts"),
  [`${MESSAGES}/later-dialog.tsx#LaterDialog`]: setsState("scheduled/later.itest.ts"),
  [`${MESSAGES}/leave-dialog.tsx#leave`]: setsState("conversations/conversations.itest.ts"),
  [`${MESSAGES}/message-search.tsx#<form>`]: { reads: true },
  [`${MESSAGES}/messages-watch.tsx#use`]: { repeatsItself: true, tests: `${TESTS}/presence/presence.itest.ts` },
  [`${MESSAGES}/moment-dialog.tsx#<form>`]: { calls: `${MESSAGES}/schedule-dialog.tsx#schedule` },
  [`${MESSAGES}/new-conversation.tsx#<form>`]: { calls: `${MESSAGES}/api.ts#openConversation` },
  [`${MESSAGES}/people-dialog.tsx#<form>`]: { calls: `${MESSAGES}/people-dialog.tsx#PeopleDialog` },
  [`${MESSAGES}/people-dialog.tsx#PeopleDialog`]: setsState("conversations/conversations.itest.ts"),
  [`${MESSAGES}/remind-dialog.tsx#remind`]: setsState("scheduled/later.itest.ts"),
  [`${MESSAGES}/rename-dialog.tsx#<form>`]: { calls: `${MESSAGES}/api.ts#changeConversation` },
  [`${MESSAGES}/schedule-dialog.tsx#schedule`]: setsState("scheduled/later.itest.ts"),
  "packages/shell/src/presence/status-menu.tsx#choose": setsState("presence/presence.itest.ts"),
  "packages/shell/src/writing/api.ts#keepDraft": { repeatsItself: true, tests: "e2e/comments.spec.ts" },
  "packages/shell/src/writing/composer.tsx#<form>": { calls: "packages/shell/src/outbox/browser-outbox.ts#send" },
};
