/** Mails about a person's own account. */
export const accountMails = {
  invitation: {
    title: "Votre compte MGS est prêt",
    text: "Un compte a été créé pour vous, à l’adresse {email}. Choisissez votre mot de passe pour l’ouvrir : personne d’autre ne le connaîtra.",
    expiry:
      "Ce lien sert une seule fois et reste valable 7 jours. Passé ce délai, demandez une nouvelle invitation à votre administrateur.",
    action: "Choisir mon mot de passe",
    footer: "Vous n’attendiez pas cette invitation ? Ignorez cet e-mail : sans mot de passe, le compte reste fermé.",
  },
  "password-reset": {
    title: "Choisissez un nouveau mot de passe",
    text: "Vous avez demandé à remplacer le mot de passe du compte {email}.",
    expiry: "Ce lien sert une seule fois et reste valable 30 minutes. Toutes vos sessions ouvertes prendront fin.",
    action: "Choisir un nouveau mot de passe",
    footer: "Ce n’était pas vous ? Ignorez cet e-mail : votre mot de passe reste le même.",
  },
};

/** Pages that account mails lead to. */
export const account = {
  activationTitle: "Bienvenue",
  activationIntro: "Choisissez le mot de passe du compte {email}. Vous serez la seule personne à le connaître.",
  resetTitle: "Nouveau mot de passe",
  resetIntro:
    "Choisissez un nouveau mot de passe pour le compte {email}. Vos sessions ouvertes prendront fin sur tous vos appareils.",
  newPassword: "Nouveau mot de passe",
  rule: "Au moins 12 caractères. Quelques mots sans lien entre eux font un bon mot de passe. Ni votre nom, ni votre adresse.",
  save: "Enregistrer le mot de passe",
  invalidTitle: "Ce lien n’est plus valable",
  invalidText:
    "Il a déjà servi, il a expiré, ou il a été remplacé par un autre. Demandez-en un nouveau pour continuer.",
  invalidInvitation: "Pour une invitation, adressez-vous à votre administrateur.",
  askAgain: "Recevoir un nouveau lien",
  chosenTitle: "Mot de passe enregistré",
  chosenText: "Connectez-vous avec votre adresse e-mail et ce mot de passe.",
  signIn: "Se connecter à {portal}",
  backToSignIn: "Retour à la connexion",
  forgottenTitle: "Mot de passe oublié",
  forgottenIntro: "Indiquez votre adresse e-mail. Vous recevrez un lien pour choisir un nouveau mot de passe.",
  email: "Adresse e-mail",
  send: "Recevoir le lien",
  retryIn: "Vous pourrez réessayer dans {minutes, plural, one {# minute} other {# minutes}}.",
  sentTitle: "Consultez votre messagerie",
  sentText:
    "Si un compte existe à cette adresse, un e-mail est en route. Son lien sert une seule fois et reste valable 30 minutes. Pensez à regarder dans les courriers indésirables.",
  notMeTitle: "Ce n’était pas vous ?",
  notMeIntro: "Vous pouvez mettre votre compte {email} en sécurité dès maintenant :",
  notMeSessions: "toutes les sessions ouvertes prennent fin, sur tous les appareils ;",
  notMePassword: "le mot de passe actuel ne sert plus : vous en choisissez un autre juste après ;",
  notMeAdded:
    "ce qui a été ajouté au compte depuis cette activité est retiré (clés d’accès, application d’authentification).",
  notMeClosed:
    "le compte est fermé : il a maintenant une autre adresse. Un administrateur vérifie à qui il appartient et le rouvre ;",
  closedTitle: "Le compte est fermé",
  closedText:
    "Plus personne ne peut l’utiliser, et toutes ses sessions ont pris fin. Prévenez un administrateur : il lui rend votre adresse et le rouvre.",
  notMeSubmit: "Mettre mon compte en sécurité",
  notMeKeep: "Si c’était bien vous, fermez simplement cette page : rien ne change.",
  changeTitle: "Changer de mot de passe",
  changeIntro: "Vos autres sessions prendront fin ; celle-ci continue.",
  current: "Mot de passe actuel",
  change: "Changer le mot de passe",
  changed:
    "Mot de passe changé. {ended, plural, =0 {Aucune autre session n’était ouverte.} one {# autre session a pris fin.} other {# autres sessions ont pris fin.}}",
  back: "Retour au profil",
};
