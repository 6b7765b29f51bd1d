const PICTURES = '[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u200d\\ufe0f\\s]+';
const AROUND = new RegExp(`^${PICTURES}|${PICTURES}$`, 'gu');

/** A text without the pictures and spaces that stand around it: "Karim 😊" is "Karim". */
export function withoutPictures(text: string): string {
  return text.replace(AROUND, '');
}
