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
  show: "Show the password",
  hide: "Hide the password",
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
};
