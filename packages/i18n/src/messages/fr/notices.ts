/** What a person hears of their own account, by bell and by mail. */
export const notices = {
  "new-device": {
    title: "Nouvelle connexion à votre compte",
    text: "Votre compte s’est connecté depuis un navigateur qui n’était pas connu.",
  },
  lockout: {
    title: "Des essais de connexion à votre compte sont bloqués",
    text: "Plusieurs mots de passe erronés ont été essayés. Les essais suivants doivent attendre ; un appareil où vous vous êtes déjà connecté peut toujours se connecter. Votre mot de passe reste le même.",
  },
  "lockout-second-factor": {
    title: "Quelqu’un connaît peut-être votre mot de passe",
    text: "Après le bon mot de passe, plusieurs codes erronés ont été saisis. Les essais suivants doivent attendre.",
  },
  "token-reuse": {
    title: "Une de vos sessions a été fermée par sécurité",
    text: "Un jeton de cette session a servi deux fois : quelqu’un d’autre en a peut-être une copie. La session a pris fin.",
  },
  "role-changed": {
    title: "Votre rôle a changé",
    text: "Un administrateur a changé votre rôle. Vos sessions ont pris fin.",
  },
  "passkey-added": {
    title: "Une clé d’accès a été ajoutée à votre compte",
    text: "Cette clé permet de se connecter sans mot de passe.",
  },
  "password-changed": {
    title: "Votre mot de passe a changé",
    text: "Le mot de passe de votre compte a été changé. Les autres sessions ont pris fin.",
  },
  "second-factor-changed": {
    title: "La protection de votre compte a changé",
    text: "La seconde étape de votre connexion a été modifiée.",
  },
  impersonated: {
    title: "Un administrateur agit en votre nom",
    text: "Pour vous aider, un administrateur ouvre les portails à votre place, pendant 30 minutes au plus. Ses actes sont tracés, et il ne peut changer ni votre mot de passe ni ce qui protège votre compte.",
  },
  "email-changed": {
    title: "L’adresse de votre compte a changé",
    text: "Un administrateur a donné une autre adresse e-mail à votre compte. Vous vous connectez désormais avec elle, et les messages de sécurité y arrivent.",
  },
  changes: {
    "passkey-removed": "Une clé d’accès a été retirée.",
    "totp-added": "Une application d’authentification a été ajoutée.",
    "totp-removed": "L’application d’authentification a été retirée.",
    "recovery-codes-renewed": "Les codes de secours ont été renouvelés.",
    reset: "Un administrateur l’a réinitialisée.",
  },
  facts: {
    time: "Le {text}",
    browser: "Navigateur : {text}",
    device: "Appareil : {text}",
    address: "Adresse : {text}",
    name: "Nom : {text}",
    role: "Rôle : {text}",
    by: "Par : {text}",
    reason: "Motif : {text}",
  },
  advice: "Si c’était bien vous, il n’y a rien à faire.",
  "advice-impersonated": "Si vous avez demandé cette aide, il n’y a rien à faire.",
  "advice-by-another": "Si ce changement était convenu avec vous, il n’y a rien à faire.",
  action: "Ce n’était pas moi",
  footer:
    "Ce bouton ouvre une page qui met votre compte en sécurité. Rien ne change tant que vous ne l’y confirmez pas.",
};
