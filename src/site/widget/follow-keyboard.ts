/**
 * Keeps a chat that stands in the page above the soft keyboard: while it covers a part of the
 * window, the chat is no higher than what is left, and that is where the window looks.
 */
export function followKeyboard(host: HTMLElement, isWriting: () => boolean): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  visualViewport.addEventListener('resize', () => {
    // Pinching makes the view smaller too, but that is no keyboard.
    const isCovered = innerHeight - visualViewport.height > 120 && visualViewport.scale < 1.1;
    if (isWriting() && isCovered) {
      host.style.maxHeight = `${visualViewport.height}px`;
      host.scrollIntoView({ block: 'end' });
    } else if (host.style.maxHeight !== '') {
      host.style.maxHeight = '';
    }
  });
}
