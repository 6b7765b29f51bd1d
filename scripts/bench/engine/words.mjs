/** The words of the sign-up, for engines that write their conversations in code. */
export const WORDS = {
  hello: 'Bonjour ! Je suis l’assistant automatique de Banc d’essai.',
  agree: 'Acceptez-vous que nous gardions vos réponses ?',
  yesOrNo: 'Oui ou non ?',
  name: 'Quel est votre prénom ?',
  nameAgain: 'Votre prénom ?',
  email: (name) => `Quelle est votre adresse e-mail, ${name} ?`,
  emailAgain: 'Pouvez-vous vérifier cette adresse ?',
  postcode: 'Quel est votre code postal ?',
  postcodeAgain: 'Il faut cinq chiffres.',
  topic: 'Quel sujet vous tient à cœur ?',
  topicAgain: 'Choisissez un sujet.',
  topics: ['Climat', 'Santé', 'École'],
  news: 'Voulez-vous recevoir nos nouvelles ?',
  age: 'Quel âge avez-vous ?',
  ageAgain: 'En chiffres ?',
  thanks: (name, topic) => `Merci ${name} ! Votre sujet : ${topic}.`,
  again: 'Une autre fois ?',
  goodbye: 'Bonne journée !',
};

export const isName = (text) => /^\p{L}[\p{L} ’'-]{0,79}$/u.test(text);
export const isEmail = (text) => /^[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}$/i.test(text);
export const isPostcode = (text) => /^\d{5}$/.test(text);
export const isAge = (number) => number >= 16 && number <= 120;
