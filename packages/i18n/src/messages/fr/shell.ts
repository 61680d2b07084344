export const shell = {
  palette: {
    title: "Palette de commandes",
    placeholder: "Dossier, personne, page…",
    close: "Fermer",
    busy: "Recherche…",
    failed: "La recherche n’a pas répondu. Vérifiez la connexion.",
    nothing: "Rien ne correspond",
    results: "{count, plural, one {# résultat} other {# résultats}}",
    groups: { records: "Dossiers et séances", people: "Personnes", acts: "Actions", pages: "Pages" },
  },
  product: "MGS Multi-Sites",
  portals: { administration: "Administration", commercial: "Commercial", "gestion-dossier": "Gestion-Dossier" },
  portalAims: {
    administration: "Comptes, accès et supervision",
    commercial: "Clients, contrats et paiements",
    "gestion-dossier": "Suivi des dossiers",
  },
  skip: "Aller au contenu",
  nav: {
    label: "Navigation principale",
    menu: "Menu",
    dashboard: "Tableau de bord",
    dashboardShort: "Tableau",
    notifications: "Notifications",
    send: "Envoyer une notification",
    sendShort: "Envoyer",
  },
  switcher: { label: "Changer de portail, portail actuel : {portal}", title: "Portails", current: "Portail actuel" },
  user: {
    menu: "Menu de {name}",
    language: "Langue",
    theme: "Thème",
    profile: "Mon profil",
    signOut: "Se déconnecter",
    saveFailed: "Votre préférence n’a pas pu être enregistrée.",
  },
  locales: { fr: "Français", en: "English" },
  themes: { system: "Comme le système", light: "Clair", dark: "Sombre" },
  connection: {
    offline: "Vous êtes hors ligne. Ce que vous manquez arrivera dès le retour du réseau.",
    unavailable: "Temps réel interrompu. Les notifications arrivent avec quelques secondes de retard.",
  },
  outbox: {
    waiting: "{count, plural, =1 {1 commentaire attend le réseau.} other {# commentaires attendent le réseau.}}",
    failed:
      "{count, plural, =1 {1 commentaire n’a pas pu être envoyé.} other {# commentaires n’ont pas pu être envoyés.}}",
  },
  password: { show: "Afficher le mot de passe", hide: "Masquer le mot de passe" },
  close: "Fermer",
  retry: "Réessayer",
  loading: "Chargement…",
  retryIn: "Vous pourrez réessayer dans {time}.",
  retryNow: "Vous pouvez réessayer.",
  noAnswer: "Aucune réponse n’est arrivée. Vérifiez le réseau et réessayez.",
  back: "Retour au tableau de bord",
};

/** Le bandeau de qui agit au nom d’une autre personne. */
export const impersonation = {
  label: "Prise de rôle",
  title: "Vous agissez au nom de",
  left: "encore {minutes} min",
  end: "Terminer",
};
