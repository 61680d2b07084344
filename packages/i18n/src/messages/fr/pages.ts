/** Texts of single pages: a browser gets those of the page that it shows. */

export const signIn = {
  title: "Connexion",
  intro: "Une seule connexion ouvre tous vos portails.",
  ended: {
    logout: "Vous vous êtes déconnecté.",
    deactivated: "Cet appareil a été déconnecté depuis un autre de vos appareils.",
    administrator: "Un administrateur a mis fin à votre session sur cet appareil.",
    everyone: "Un administrateur a mis fin aux sessions de tout le monde. Reconnectez-vous pour continuer.",
    disabled: "Votre compte a été désactivé. Adressez-vous à un administrateur.",
    "password-changed": "Votre mot de passe a changé. Connectez-vous avec le nouveau.",
    "role-removed": "Vos accès ont changé. Reconnectez-vous pour continuer.",
    "second-factor-reset": "Votre second facteur a été réinitialisé. Reconnectez-vous pour continuer.",
    "not-me": "Vous avez signalé une activité qui n’était pas la vôtre : toutes vos sessions ont pris fin.",
    "token-reuse":
      "Un jeton de cette session a servi deux fois, peut-être à quelqu’un d’autre. Par prudence, la session a pris fin.",
    expired: "Votre session a expiré. Reconnectez-vous pour continuer.",
  },
  continueTo: "Pour continuer vers {portal}",
  email: "Adresse e-mail",
  password: "Mot de passe",
  remember: "Rester connecté",
  rememberHint: "Seulement sur un appareil qui est à vous.",
  submit: "Se connecter",
  forgotten: "Mot de passe oublié ?",
  restart: "Recommencer la connexion",
  failed: "La connexion n’a pas abouti. Vérifiez le réseau et réessayez.",
};

export const proof = {
  title: "C’est bien vous ?",
  intro: "Ce que vous allez faire est sensible : confirmez d’abord votre identité.",
  password: "Votre mot de passe",
  submit: "Confirmer",
  cancel: "Annuler",
  code: "Code de votre application",
  codeHint: "Ou un de vos codes de secours.",
  otherWay: "Autre méthode",
};

export const consent = {
  title: "Autoriser {client}",
  intro: "{client} demande l’accès à votre compte {email}.",
  list: "Cette application pourra :",
  listMore: "Cette application pourra aussi :",
  allowed: "Vous lui permettez déjà de {scopes}.",
  scopes: {
    openid: "savoir qui vous êtes",
    profile: "lire votre nom, votre rôle et vos préférences",
    "profile:write": "changer vos préférences : langue, thème et fuseau horaire",
    email: "lire votre adresse e-mail",
    "notifications:read": "lire vos notifications et les recevoir en direct",
    "notifications:write": "marquer vos notifications comme lues, les archiver et les supprimer",
    "notifications:send": "envoyer des notifications en votre nom",
    "users:read": "voir vos collègues : nom, adresse e-mail, rôle, et qui est en ligne",
    "people:read": "lire tous les comptes et leur état, si votre rôle vous le permet",
    "dossiers:read": "lire les dossiers et les séances que vous voyez, avec leurs commentaires et documents",
    "dossiers:write": "ouvrir et modifier des dossiers, commenter et déposer des documents en votre nom",
    "calendar:read": "lire les jours fériés, si votre rôle vous le permet",
    "calendar:write": "modifier et confirmer les jours fériés, si votre rôle vous le permet",
    "messages:read": "lire vos conversations avec vos collègues",
    "messages:write": "écrire des messages en votre nom",
  },
  otherScope: "utiliser le droit « {scope} »",
  accept: "Autoriser",
  refuse: "Refuser",
};

export const logout = {
  title: "Se déconnecter ?",
  text: "Votre session prendra fin dans tous les portails ouverts sur cet appareil. Ce que vous avez écrit sans l’envoyer sera effacé.",
  confirm: "Se déconnecter",
  cancel: "Rester connecté",
  failed: "La déconnexion n’a pas abouti. Réessayez.",
};

export const draft = {
  restored: "Voici ce que vous aviez écrit et pas encore envoyé.",
  startOver: "Effacer et recommencer",
};

export const sessionEnd = {
  ended: "Votre session a pris fin.",
  signedOut: "Vous vous êtes déconnecté.",
  kept: "Ce que vous avez saisi est toujours là. Reconnectez-vous pour continuer.",
  inNewTab: "Se reconnecter (nouvel onglet)",
  here: "Se reconnecter ici",
  back: "Vous êtes reconnecté",
  closeThisTab: "Votre saisie vous attend dans l’onglet que vous aviez quitté. Vous pouvez fermer celui-ci.",
  goOnHere: "Continuer ici",
};

export const refused = {
  title: "{portal} n’est pas ouvert à votre rôle",
  text: "Vous êtes connecté en tant que {name} ({role}). Demandez à un administrateur si ce portail vous est nécessaire.",
  open: "Vos portails",
  none: "Aucun portail n’est ouvert à votre rôle.",
};

export const error = {
  title: "Cette page n’a pas pu s’afficher",
  text: "L’erreur vient de notre côté. Vos données sont intactes.",
  reference: "Référence : {digest}",
};

export const notFound = { title: "Page introuvable", text: "Cette adresse ne mène à rien, ou la page a été déplacée." };

export const profile = {
  title: "Mon profil",
  sections: "Pages du compte",
  intro: "Vos informations et vos préférences, communes à tous les portails.",
  identity: "Identité",
  name: "Nom",
  email: "Adresse e-mail",
  role: "Rôle",
  portals: "Portails",
  managed: "Ces informations sont tenues à jour par un administrateur.",
  preferences: "Préférences",
  timeZone: "Fuseau horaire",
  timeZoneHint: "Les heures sont celles de {zone}.",
  browserZone: "Celui de ce navigateur",
  saved: "Préférence enregistrée.",
  security: "Sécurité",
  securityText: "Mot de passe, clés d’accès et second facteur.",
  securityOpen: "Gérer",
};

/** La page des applications auxquelles une personne a donné accès. */
export const consents = {
  title: "Applications autorisées",
  tab: "Applications",
  intro: "Les applications hors de nos portails auxquelles vous avez donné accès à votre compte.",
  list: "Applications autorisées, de la plus récente à la plus ancienne",
  can: "Elle peut :",
  since: "Autorisée",
  lastUsed: "Utilisée",
  never: "jamais",
  withdraw: "Retirer l’accès",
  withdrawOf: "Retirer l’accès de {client}",
  confirmTitle: "Retirer l’accès de {client} ?",
  confirmText:
    "Ses accès à votre compte prennent fin aussitôt, sur tous vos appareils. À votre prochaine connexion, elle devra vous demander à nouveau.",
  cancel: "Annuler",
  close: "Fermer",
  done: "{client} n’a plus accès à votre compte.",
  none: "Aucune application",
  noneText: "Quand une application hors de nos portails vous demandera un accès et que vous accepterez, elle sera ici.",
};
