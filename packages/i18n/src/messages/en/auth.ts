export const auth = {
  errorTitle: "The sign-in did not finish",
  errorText: "Nothing is lost: start again, and you will come back to the portal.",
  errorDenied: "Access was refused. You can start again.",
  errorExpired: "This sign-in request has expired or was used already. Start again.",
  again: "Sign in",
  reference: "Reference: {code}",
  signedOutTitle: "You are signed out",
  signedOutText: "Your session has ended in all portals on this device. Choose a portal to sign in again.",
};
