import type { shell as french } from "../fr/shell";

export const shell: typeof french = {
  palette: {
    title: "Command palette",
    placeholder: "Case file, person, page…",
    close: "Close",
    busy: "Searching…",
    failed: "The search did not answer. Check the connection.",
    nothing: "Nothing matches",
    results: "{count, plural, one {# result} other {# results}}",
    groups: { records: "Case files and sessions", people: "People", acts: "Actions", pages: "Pages" },
  },
  product: "MGS Multi-Sites",
  portals: { administration: "Administration", commercial: "Commercial", "gestion-dossier": "Gestion-Dossier" },
  portalAims: {
    administration: "Accounts, access and supervision",
    commercial: "Clients, contracts and payments",
    "gestion-dossier": "Case files",
  },
  skip: "Skip to content",
  nav: {
    label: "Main navigation",
    menu: "Menu",
    dashboard: "Dashboard",
    dashboardShort: "Dashboard",
    notifications: "Notifications",
    send: "Send a notification",
    sendShort: "Send",
  },
  switcher: { label: "Change portal, current portal: {portal}", title: "Portals", current: "Current portal" },
  user: {
    menu: "Menu of {name}",
    language: "Language",
    theme: "Theme",
    profile: "My profile",
    signOut: "Sign out",
    saveFailed: "Your preference could not be saved.",
  },
  locales: { fr: "Français", en: "English" },
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  connection: {
    offline: "You are offline. What you miss will arrive as soon as the network is back.",
    unavailable: "Live updates are interrupted. Notifications arrive some seconds late.",
  },
  outbox: {
    waiting: "{count, plural, =1 {1 comment waits for the network.} other {# comments wait for the network.}}",
    failed: "{count, plural, =1 {1 comment could not be sent.} other {# comments could not be sent.}}",
  },
  password: { show: "Show the password", hide: "Hide the password" },
  close: "Close",
  retry: "Try again",
  loading: "Loading…",
  retryIn: "You can try again in {time}.",
  retryNow: "You can try again.",
  noAnswer: "No answer came. Check the network and try again.",
  back: "Back to the dashboard",
};

/** The banner of somebody who acts in another person's name. */
export const impersonation = {
  label: "Impersonation",
  title: "You act in the name of",
  left: "{minutes} min left",
  end: "Stop",
};
