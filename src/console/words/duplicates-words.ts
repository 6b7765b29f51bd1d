import { defineWords } from './define-words.js';

/** Words about profiles that may be one person. */
export const duplicatesWords = defineWords({
  fr: {
    title: 'Doublons',
    text: 'Des profils qui ont le même e-mail confirmé ou le même numéro. Une famille peut partager l’un ou l’autre : vous décidez.',
    by: { email: 'Même e-mail', phone: 'Même numéro' },
    none: 'Personne ne semble connu deux fois',
    noneText: 'La recherche se refait toutes les cinq minutes.',
    nameless: 'Sans nom',
    since: 'Depuis le',
    merge: 'Fusionner',
    mergeText:
      'Le profil connu depuis le plus longtemps reste, et l’emporte là où ils diffèrent. Une fusion peut être défaite depuis le profil.',
    reason: 'Comment le savez-vous ?',
    merged: 'Les profils n’en font plus qu’un.',
  },
  en: {
    title: 'Duplicates',
    text: 'Profiles with the same confirmed e-mail or the same number. A family may share either: you decide.',
    by: { email: 'Same e-mail', phone: 'Same number' },
    none: 'Nobody seems to be known twice',
    noneText: 'They are looked for every five minutes.',
    nameless: 'No name',
    since: 'Since',
    merge: 'Merge',
    mergeText:
      'The profile known the longest stays, and counts where they differ. A merge can be undone from the profile.',
    reason: 'How do you know?',
    merged: 'The profiles are one now.',
  },
});
