/** Texts of single pages: a browser gets those of the page that it shows. */

export const signIn = {
  title: "Sign in",
  intro: "One sign-in opens all your portals.",
  ended: {
    logout: "You have signed out.",
    deactivated: "This device was signed out from another of your devices.",
    administrator: "An administrator has ended your session on this device.",
    everyone: "An administrator has ended everybody’s sessions. Sign in again to go on.",
    disabled: "Your account has been disabled. Ask an administrator.",
    "password-changed": "Your password has changed. Sign in with the new one.",
    "role-removed": "What you may open has changed. Sign in again to go on.",
    "second-factor-reset": "Your second factor was reset. Sign in again to go on.",
    "not-me": "You reported something that you had not done: all your sessions have ended.",
    "token-reuse":
      "A token of this session was used twice, perhaps by somebody else. The session has ended to keep you safe.",
    expired: "Your session has expired. Sign in again to go on.",
  },
  continueTo: "To continue to {portal}",
  email: "E-mail address",
  password: "Password",
  remember: "Stay signed in",
  rememberHint: "Only on a device that is yours.",
  submit: "Sign in",
  forgotten: "Forgotten your password?",
  restart: "Start the sign-in again",
  failed: "The sign-in did not go through. Check the network and try again.",
};

export const proof = {
  title: "Is it you?",
  intro: "What you are about to do is sensitive: confirm your identity first.",
  password: "Your password",
  submit: "Confirm",
  cancel: "Cancel",
  code: "Code of your app",
  codeHint: "Or one of your recovery codes.",
  otherWay: "Another way",
};

export const consent = {
  title: "Allow {client}",
  intro: "{client} asks for access to your account {email}.",
  list: "This application will be able to:",
  listMore: "This application will also be able to:",
  allowed: "You already allow it to {scopes}.",
  scopes: {
    openid: "know who you are",
    profile: "read your name, your role and your preferences",
    "profile:write": "change your preferences: language, theme and time zone",
    email: "read your e-mail address",
    "notifications:read": "read your notifications, and receive them live",
    "notifications:write": "mark your notifications as read, archive them and delete them",
    "notifications:send": "send notifications in your name",
    "users:read": "see your colleagues: name, e-mail address, role, and who is online",
    "people:read": "read all accounts and their state, if your role allows it",
    "dossiers:read": "read the case files and sessions that you see, with their comments and documents",
    "dossiers:write": "open and change case files, comment and add documents in your name",
    "calendar:read": "read the public holidays, if your role allows it",
    "calendar:write": "edit and confirm the public holidays, if your role allows it",
    "messages:read": "read your conversations with colleagues",
    "messages:write": "write messages in your name",
  },
  otherScope: "use the permission “{scope}”",
  accept: "Allow",
  refuse: "Refuse",
};

export const logout = {
  title: "Sign out?",
  text: "Your session will end in every portal open on this device. What you have written and not sent will be erased.",
  confirm: "Sign out",
  cancel: "Stay signed in",
  failed: "The sign-out did not go through. Try again.",
};

export const draft = {
  restored: "Here is what you had written and not sent yet.",
  startOver: "Erase and start over",
};

export const sessionEnd = {
  ended: "Your session has ended.",
  signedOut: "You have signed out.",
  kept: "What you have entered is still here. Sign in again to go on.",
  inNewTab: "Sign in again in a new tab",
  here: "Sign in again here",
  back: "You are signed in again",
  closeThisTab: "What you entered is waiting in the tab that you came from. You can close this one.",
  goOnHere: "Continue here",
};

export const refused = {
  title: "{portal} is not open to your role",
  text: "You are signed in as {name} ({role}). Ask an administrator if you need this portal.",
  open: "Your portals",
  none: "No portal is open to your role.",
};

export const error = {
  title: "This page could not be shown",
  text: "The error is on our side. Your data is safe.",
  reference: "Reference: {digest}",
};

export const notFound = { title: "Page not found", text: "This address leads nowhere, or the page has moved." };

export const profile = {
  title: "My profile",
  sections: "Account pages",
  intro: "Your details and preferences, shared by all portals.",
  identity: "Identity",
  name: "Name",
  email: "E-mail address",
  role: "Role",
  portals: "Portals",
  managed: "An administrator keeps these details up to date.",
  preferences: "Preferences",
  timeZone: "Time zone",
  timeZoneHint: "Times are those of {zone}.",
  browserZone: "This browser’s",
  saved: "Preference saved.",
  security: "Security",
  securityText: "Password, passkeys and second factor.",
  securityOpen: "Manage",
};

/** The page of the applications that a person has given access to. */
export const consents = {
  title: "Allowed applications",
  tab: "Applications",
  intro: "The applications outside our portals that you have given access to your account.",
  list: "Allowed applications, the newest first",
  can: "It can:",
  since: "Allowed",
  lastUsed: "Used",
  never: "never",
  withdraw: "Withdraw access",
  withdrawOf: "Withdraw access of {client}",
  confirmTitle: "Withdraw access of {client}?",
  confirmText:
    "Its access to your account ends at once, on all your devices. The next time that you sign in there, it has to ask you again.",
  cancel: "Cancel",
  close: "Close",
  done: "{client} has no access to your account any more.",
  none: "No application",
  noneText: "When an application outside our portals asks you for access and you agree, it will be here.",
};
