import type { ScriptRow } from "../../tooling/src/testing/browser-post";
import {
  disconnect,
  pauseQueue,
  publishEvent,
  resumeQueue,
  retryJob,
  retryJobs,
  retryNotification,
  retryNotifications,
} from "./console-rows";
import { archive, markAllAsRead, markAsRead, markAsUnread, remove, takeBack } from "./inbox-rows";
import { chooseLanguage, chooseTheme, chooseTimeZone } from "./preference-rows";
import type { Scene, Stage } from "./scene";
import { sendFrom } from "./send-rows";
import { signIn } from "./sign-in-row";

/** Files run side by side, so that each group has a file of its own. */
export const PAGE_ROWS = {
  "sign in": signIn,
  "send from administration": sendFrom("administration"),
  "send from commercial": sendFrom("commercial"),
  "send from gestion-dossier": sendFrom("gestion-dossier"),
  "choose a language": chooseLanguage,
  "choose a theme": chooseTheme,
  "choose a time zone": chooseTimeZone,
};

export const INBOX_ROWS = {
  "mark as read": markAsRead,
  "mark as unread": markAsUnread,
  archive,
  "take back from the archive": takeBack,
  delete: remove,
  "mark all as read": markAllAsRead,
};

export const CONSOLE_ROWS = {
  "publish a test event": publishEvent,
  "cut a person's connections": disconnect,
  "pause a queue": pauseQueue,
  "resume a queue": resumeQueue,
  "retry a job": retryJob,
  "retry all jobs": retryJobs,
  "retry a notification": retryNotification,
  "retry all notifications": retryNotifications,
};

/** A row for each name in the list of `browser-posts.ts`; a missing one does not compile. */
({ ...PAGE_ROWS, ...INBOX_ROWS, ...CONSOLE_ROWS }) satisfies Record<ScriptRow, (stage: Stage) => Promise<Scene>>;
