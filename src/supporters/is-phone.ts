/** Whether a text is a phone number in E.164. */
export function isPhone(text: string): boolean {
  return /^\+[1-9]\d{5,14}$/.test(text);
}
