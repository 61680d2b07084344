/** Mails about a person's own account. */
export const accountMails = {
  invitation: {
    title: "Your MGS account is ready",
    text: "An account was created for you, for the address {email}. Choose your password to open it: nobody else will know it.",
    expiry: "This link works once and is valid for 7 days. After that, ask your administrator for a new invitation.",
    action: "Choose my password",
    footer: "You did not expect this invitation? Ignore this e-mail: without a password the account stays closed.",
  },
  "password-reset": {
    title: "Choose a new password",
    text: "You asked to replace the password of the account {email}.",
    expiry: "This link works once and is valid for 30 minutes. All your open sessions will end.",
    action: "Choose a new password",
    footer: "It was not you? Ignore this e-mail: your password stays the same.",
  },
};

/** Pages that account mails lead to. */
export const account = {
  activationTitle: "Welcome",
  activationIntro: "Choose the password of the account {email}. You will be the only person who knows it.",
  resetTitle: "New password",
  resetIntro: "Choose a new password for the account {email}. Your open sessions will end on all your devices.",
  newPassword: "New password",
  rule: "At least 12 characters. A few words that have nothing to do with each other make a good password. Neither your name nor your address.",
  save: "Save the password",
  invalidTitle: "This link is no longer valid",
  invalidText: "It was used, it has expired, or another one has replaced it. Ask for a new one to go on.",
  invalidInvitation: "For an invitation, ask your administrator.",
  askAgain: "Get a new link",
  chosenTitle: "Password saved",
  chosenText: "Sign in with your e-mail address and this password.",
  signIn: "Sign in to {portal}",
  backToSignIn: "Back to the sign-in",
  forgottenTitle: "Forgotten password",
  forgottenIntro: "Give your e-mail address. You will receive a link to choose a new password.",
  email: "E-mail address",
  send: "Get the link",
  retryIn: "You can try again in {minutes, plural, one {# minute} other {# minutes}}.",
  sentTitle: "Look at your mailbox",
  sentText:
    "If there is an account for this address, an e-mail is on its way. Its link works once and is valid for 30 minutes. Look among the junk mail too.",
  notMeTitle: "Was it not you?",
  notMeIntro: "You can secure your account {email} right now:",
  notMeSessions: "all open sessions end, on all devices;",
  notMePassword: "the current password is good no more: you choose another one right after;",
  notMeAdded: "what was added to the account since that activity is removed (passkeys, authenticator app).",
  notMeClosed:
    "the account is closed, since it has another address now: an administrator finds out whose it is, and opens it again;",
  closedTitle: "The account is closed",
  closedText:
    "Nobody can use it any more, and all its sessions have ended. Tell an administrator, who gives it your address back and opens it again.",
  notMeSubmit: "Secure my account",
  notMeKeep: "If it was you, just close this page: nothing changes.",
  changeTitle: "Change the password",
  changeIntro: "Your other sessions will end; this one goes on.",
  current: "Current password",
  change: "Change the password",
  changed:
    "Password changed. {ended, plural, =0 {No other session was open.} one {# other session has ended.} other {# other sessions have ended.}}",
  back: "Back to the profile",
};
