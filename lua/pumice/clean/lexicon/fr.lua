--- French cue words; see en.lua for how they are read.
return {
  common = {
    "le", "la", "les", "de", "des", "du", "un", "une", "et", "en", "à", "est", "que", "qui",
    "dans", "pour", "pas", "par", "sur", "au", "aux", "avec", "ce", "il", "elle", "on", "ne",
    "se", "sont", "plus", "son", "sa", "ses", "ont", "été", "mais", "cette", "ces", "comme",
    "nous", "vous", "leur", "ou", "où", "être", "fait", "aussi", "même", "tout", "deux",
    "après", "entre", "depuis", "c'est", "d'un", "d'une", "qu'il", "selon", "sans", "dont",
    "lui", "était", "avait", "ils", "leurs", "si",
  },
  you = { "vous", "votre", "vos", "tu", "ton" },
  we = { "nous", "notre", "nos" },
  told = { "a déclaré", "a dit", "selon", "a annoncé", "il", "elle", "était" },
  newsletter = {
    "newsletter", "newsletters", "lettre d'information", "infolettre", "notre newsletter",
    "votre boîte mail", "votre adresse e-mail", "votre adresse email", "par e-mail", "par email",
    "se désinscrire", "ne manquez rien", "recevez",
  },
  subscribe = {
    "abonnez-vous", "s'abonner", "abonnement", "abonnés", "abonné", "inscrivez-vous",
    "s'inscrire", "réservé aux abonnés", "je m'abonne", "sans engagement", "essai gratuit",
    "par mois", "déjà abonné", "lire la suite avec",
  },
  donate = {
    "faire un don", "faites un don", "dons", "votre soutien", "soutenez-nous", "soutenez",
    "je soutiens", "nous soutenir", "chers lecteurs", "chères lectrices",
    "journalisme indépendant", "presse indépendante", "votre don", "déductible",
  },
  payment = {
    "^une fois$", "^mensuel$", "^annuel$", "^ponctuel$", "^continuer$", "moyen de paiement",
    "carte bancaire", "^montant", "^autre montant$", "^non merci", "plus tard$",
  },
  login = {
    "se connecter", "connexion", "connectez-vous", "mon compte", "créer un compte",
    "mot de passe", "mot de passe oublié", "identifiant", "déconnexion",
  },
  cookie = {
    "cookies", "tout accepter", "^accepter", "^refuser", "politique de confidentialité",
    "données personnelles", "consentement", "vie privée", "gérer mes", "paramétrer",
  },
  legal = {
    "tous droits réservés", "mentions légales", "conditions générales",
    "conditions d'utilisation", "droits réservés", "reproduction interdite", "crédits",
  },
  share = {
    "^partager", "partager sur", "partagez", "^imprimer", "^envoyer", "copier le lien",
    "envoyer par mail", "^tweeter",
  },
  follow = {
    "suivez-nous", "suivez nous", "^suivre", "contactez-nous", "cliquez ici",
    "téléchargez l'application", "notre application", "rejoignez-nous",
  },
  comment = {
    "^commentaires", "^commentaire", "laisser un commentaire", "laissez un commentaire",
    "# commentaires", "^réagir", "^répondre", "commenter", "votre commentaire",
    "annuler la réponse",
  },
  more = {
    "^lire aussi", "^à lire aussi", "^lire la suite", "lire la suite$", "^voir aussi",
    "^en savoir plus", "en savoir plus$", "^sur le même sujet", "^les plus lus",
    "^articles liés", "^à découvrir", "^dans la même rubrique", "^plus d'articles",
    "^vous aimerez", "^précédent", "^suivant", "^voir plus", "^voir tous", "^tags",
    "^à la une", "^mots-clés", "^dernières", "^recommandé", "^pour aller plus loin",
    "^à voir aussi",
  },
  menu = {
    "^accueil$", "^actualités$", "^actualité$", "^politique$", "^économie$", "^sport$",
    "^sports$", "^culture$", "^monde$", "^société$", "^santé$", "^sciences$", "^météo$",
    "^recherche$", "^rechercher$", "^fermer$", "^contact$", "^à propos$", "^aide$", "^boutique$",
    "^aller au contenu", "^retour", "^produits$", "^vidéos$", "^services$", "^emploi$",
    "^opinions$", "^faits divers$",
  },
  advert = {
    "^publicité", "^annonce", "sponsorisé", "en partenariat", "contenu sponsorisé",
    "code promo", "^pub$", "remise",
  },
  caption = {
    "^photo", "^crédit photo", "crédit photo", "© afp", "^illustration", "^image",
    "photo d'illustration", "photo d'archives", "légende",
  },
  byline = {
    "^par", "^publié le", "^publié", "^mis à jour", "^modifié le", "temps de lecture",
    "min de lecture", "il y a # heures", "il y a # jours", "^auteur", "avec afp",
  },
  bio = {
    "à propos de l'auteur", "est journaliste", "est l'auteur", "est professeur", "est écrivain",
  },
  shop = {
    "ajouter au panier", "panier", "livraison", "livraison gratuite", "en stock", "prix",
    "avis clients", "retours", "commander",
  },
  form = {
    "^adresse e-mail", "^nom$", "^prénom", "^téléphone", "^message$", "^envoyer$",
    "champs obligatoires", "obligatoires", "horaires", "^sujet$", "veuillez",
  },
  date = {
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre", "lundi", "mardi", "mercredi", "jeudi", "vendredi",
    "samedi", "dimanche",
  },
}
