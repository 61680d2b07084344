export const auth = {
  errorTitle: "The sign-in did not finish",
  errorText: "Nothing is lost: start again, and you will come back to the portal.",
  errorDenied: "Access was refused. You can start again.",
  errorExpired: "This sign-in request has expired or was used already. Start again.",
  errorCookies:
    "Your browser refuses this portal’s cookies, which it needs to recognise you. Allow them, then start again.",
  errorUnavailable:
    "The portal could not finish the sign-in: one of its services does not answer. Try again in a moment.",
  again: "Sign in",
  reference: "Reference: {code}",
  signedOutTitle: "You are signed out",
  signedOutText: "Your session has ended in all portals on this device. Choose a portal to sign in again.",
};
