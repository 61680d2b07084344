/** What a person hears of their own account, by bell and by mail. */
export const notices = {
  "new-device": {
    title: "New sign-in to your account",
    text: "Your account was signed in to from a browser that was not known.",
  },
  lockout: {
    title: "Attempts to sign in to your account are blocked",
    text: "Several wrong passwords were tried. Further attempts have to wait; a device on which you have signed in before can still sign in. Your password stays the same.",
  },
  "lockout-second-factor": {
    title: "Somebody may know your password",
    text: "After the right password, several wrong codes were given. Further attempts have to wait.",
  },
  "token-reuse": {
    title: "One of your sessions was closed for safety",
    text: "A token of this session was used twice: somebody else may have a copy of it. The session has ended.",
  },
  "role-changed": {
    title: "Your role has changed",
    text: "An administrator changed your role. Your sessions have ended.",
  },
  "passkey-added": {
    title: "A passkey was added to your account",
    text: "This key lets its holder sign in without a password.",
  },
  "password-changed": {
    title: "Your password has changed",
    text: "The password of your account was changed. The other sessions have ended.",
  },
  "second-factor-changed": {
    title: "The protection of your account has changed",
    text: "The second step of your sign-in was modified.",
  },
  impersonated: {
    title: "An administrator acts in your name",
    text: "To help you, an administrator opens the portals in your place, for 30 minutes at most. What they do is on record, and they can change neither your password nor what protects your account.",
  },
  "email-changed": {
    title: "The address of your account has changed",
    text: "An administrator gave your account another e-mail address. From now on you sign in with that one, and security messages go there.",
  },
  changes: {
    "passkey-removed": "A passkey was removed.",
    "totp-added": "An authenticator app was added.",
    "totp-removed": "The authenticator app was removed.",
    "recovery-codes-renewed": "The recovery codes were renewed.",
    reset: "An administrator reset it.",
  },
  facts: {
    time: "On {text}",
    browser: "Browser: {text}",
    device: "Device: {text}",
    address: "Address: {text}",
    name: "Name: {text}",
    role: "Role: {text}",
    by: "By: {text}",
    reason: "Reason: {text}",
  },
  advice: "If it was you, there is nothing to do.",
  "advice-impersonated": "If you asked for this help, there is nothing to do.",
  "advice-by-another": "If this change was agreed with you, there is nothing to do.",
  action: "It was not me",
  footer: "This button opens a page that secures your account. Nothing changes until you confirm it there.",
};
