import type { consoleSessions as french } from "../fr/console-sessions";

/** The page of the sessions: how long they last, and the end of all. */
export const consoleSessions: typeof french = {
  nav: "Sessions",
  title: "Sessions",
  intro: "How long a sign-in, and what it opens, stay valid.",
  live: "{sessions, plural, =0 {No session goes on} one {# session goes on} other {# sessions go on}}",
  livePeople:
    "{people, plural, one {# person} other {# people}}; {remembered, plural, =0 {no session} one {# session} other {# sessions}} with “Stay signed in”.",
  groups: { short: "Without “Stay signed in”", long: "With “Stay signed in”", tokens: "Tokens and portals" },
  fields: {
    idle: "Idle time",
    absolute: "Maximum",
    remembered_idle: "Idle time",
    remembered_absolute: "Maximum",
    access_token: "Access token",
    refresh_token: "Refresh token",
    portal_session: "Session of a portal",
  },
  explained: {
    idle: "The session ends when no page was opened for that long, and when the browser is closed.",
    absolute: "After that the person signs in again, even in the middle of work.",
    remembered_idle: "The session outlives the browser’s end; it ends after that time without an opened page.",
    remembered_absolute: "After that the person signs in again, whatever happens.",
    access_token: "What an application shows at each call. 15 minutes at most: it gets another one by itself.",
    refresh_token:
      "What brings a new access token. Unused for that long, the application goes through the sign-in again.",
    portal_session:
      "After that a portal asks Administration again who is there. Nobody sees it while the session goes on.",
  },
  unit: "Unit: {field}",
  units: { minutes: "minutes", hours: "hours", days: "days" },
  save: "Save",
  saved: "The lifetimes are saved. They also hold for the sessions that go on.",
  unchanged: "Nothing has changed.",
  note: "A shorter lifetime ends, within the minute, the sessions that exceed it. A token that was issued keeps its own, but is worth nothing without its session.",
  everyone: "End all sessions",
  everyoneText:
    "Everybody has to sign in again, except you on this device: portals, applications, open pages. For after a leak or a theft. Nothing that is saved is lost.",
  phrase: "SIGN EVERYBODY OUT",
  confirm: "Type {phrase} to confirm",
  ended: "The sessions are being ended. Those that are left are counted at the top of this page.",
};
