import { expect, test } from '@jest/globals';
import { launchChromium } from './chromium.js';

test('a real browser runs a page', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.setContent('<p>Bonjour</p><script>document.title = String(6 * 7)</script>');
    expect(await page.title()).toBe('42');
    expect(await page.locator('p').boundingBox()).toMatchObject({ x: 8 });
    // Words are drawn: without a font every glyph is as wide as none.
    const width = (words: string): Promise<number> =>
      page.evaluate(
        `document.createElement('canvas').getContext('2d').measureText('${words}').width`,
      );
    expect(await width('mmmm')).toBeGreaterThan(await width('iiii'));
  } finally {
    await browser.close();
  }
});
