/**
 * Gives a shadow root its style. A constructed sheet is allowed by every content policy; browsers
 * that lack it get an element.
 */
export function setStyle(root: ShadowRoot, text: string): void {
  if ('adoptedStyleSheets' in Document.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const element = document.createElement('style');
  element.textContent = text;
  root.append(element);
}
