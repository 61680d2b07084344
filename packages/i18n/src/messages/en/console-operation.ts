import type { consoleKeys as frenchKeys, consoleMaintenance as frenchMaintenance } from "../fr/console-operation";

export const consoleMaintenance: typeof frenchMaintenance = {
  nav: "Maintenance",
  title: "Maintenance",
  intro: "Close the portals while you work on them. Administrators keep their access, deliveries go on.",
  state: {
    open: "The portals are open.",
    announced: "Closing planned for {time}",
    closed: "The portals have been closed since {time}",
    expected: "Expected to open again on {time}",
  },
  message: "Message",
  messageHint: "What people read, in both languages.",
  startsAt: "Close on",
  startsAtHint: "Leave empty to close at once.",
  expectedEnd: "Expected to open again on",
  expectedEndHint: "For information: the portals stay closed until you open them.",
  retry: "New attempt after (seconds)",
  word: "CLOSE",
  confirm: "Type {word} to confirm",
  wrongWord: "Type {word}.",
  submit: "Close the portals",
  replace: "Replace it by another maintenance",
  begun: "The portals are closed.",
  planned: "The maintenance is announced in every portal.",
  end: "Open the portals",
  cancel: "Cancel the maintenance",
  endTitle: "Open the portals?",
  endText: "Everybody has access again; open pages go on by themselves.",
  ended: "The portals are open.",
};

export const consoleKeys: typeof frenchKeys = {
  nav: "Signing keys",
  title: "Signing keys",
  intro: "They sign ID tokens and logout tokens. The key is replaced every 90 days, or here.",
  table: "Signing keys, the newest first",
  columns: { key: "Key", state: "State", from: "Signs from", until: "Published until" },
  states: { upcoming: "Upcoming", signing: "Signs", replaced: "Replaced", retired: "Retired" },
  noEnd: "—",
  rotate: "Replace",
  rotateTitle: "Replace the signing key?",
  rotateText:
    "A new key is published at once and signs in 24 hours. The old one stays published until its last token has expired: nobody notices anything.",
  rotated: "The new key will sign from {time}.",
  waiting: "A key is already waiting to sign, from {time}.",
  emergency: "Is a key in the wrong hands? The command “npm run mgs -- keys:rotate --now” revokes all of them.",
};
