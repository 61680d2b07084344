/**
 * Everything that a browser posts, by its place in the sources: a server action, a form, or a call with a method that writes. A
 * test finds them all in the sources, and compares them with this list.
 */
export type BrowserPost =
  /** Asks for something and changes nothing. */
  | { reads: true }
  /** A page posts it by itself, and repeats it by itself. `tests` try its lost answers. */
  | { repeatsItself: true; tests: string }
  /** Sets a state: a repetition changes nothing. `tests` repeat it, and show a refusal. */
  | { setsState: true; tests: string }
  /** A form whose scripts call an action or a fetch that stands here too. */
  | { calls: string }
  /** Posted by a part that all pages share, whose own tests try a double press, a lost answer and a refusal. `tests` use it. */
  | { shared: "ActionButton" | "ActionForm"; tests: string }
  /** Posts a one-time answer, which the server recognises when it comes again: `tests` try that. */
  | { oneTime: true; tests: string }
  /** Posted by the browser itself: rows of `posted-forms.itest.ts`. */
  | { documents: readonly DocumentRow[] }
  /** Posted by a page's scripts: rows of `e2e/forms/rows.ts`. */
  | { scripts: readonly ScriptRow[] };

export const DOCUMENT_ROWS = [
  "the sign-in form",
  "a code of the second factor",
  "a recovery code",
  "the first code of an authenticator app",
  "recovery codes that are kept",
  "a consent that is given",
  "a consent that is refused",
  "a portal's logout",
  "the end of what is done in somebody's name",
  "a client's logout, yes",
  "a client's logout, no",
  "an invitation's password",
  "a forgotten password's link",
  "a forgotten password",
  "it was not me",
  "a file of people",
] as const;
export type DocumentRow = (typeof DOCUMENT_ROWS)[number];

export const SCRIPT_ROWS = [
  "sign in",
  "send from administration",
  "send from commercial",
  "send from gestion-dossier",
  "choose a language",
  "choose a theme",
  "choose a time zone",
  "mark as read",
  "mark as unread",
  "archive",
  "take back from the archive",
  "delete",
  "mark all as read",
  "publish a test event",
  "cut a person's connections",
  "pause a queue",
  "resume a queue",
  "retry a job",
  "retry all jobs",
  "retry a notification",
  "retry all notifications",
] as const;
export type ScriptRow = (typeof SCRIPT_ROWS)[number];
