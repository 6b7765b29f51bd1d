import { describe, expect, test } from '@jest/globals';
import { assert, integer, property } from 'fast-check';
import { contrastOf, createPalette, writeShades } from '../../src/site/palette.js';

const colour = integer({ min: 0, max: 0xffffff }).map(
  (number) => `#${number.toString(16).padStart(6, '0')}`,
);

describe('the palette', () => {
  test('keeps text readable and controls visible whatever colours a campaign has', () => {
    assert(
      property(colour, colour, (primary, accent) => {
        const palette = createPalette({ primary, accent });
        for (const shades of [palette.light, palette.dark]) {
          for (const ground of [shades.page, shades.panel, shades.quiet]) {
            for (const letters of [shades.text, shades.muted, shades.ink, shades.alert]) {
              expect(contrastOf(letters, ground)).toBeGreaterThanOrEqual(4.5);
            }
          }
          expect(contrastOf(shades.onPrimary, shades.primary)).toBeGreaterThanOrEqual(4.5);
          expect(contrastOf(shades.onBlock, shades.block)).toBeGreaterThanOrEqual(4.5);
          for (const shape of [shades.primary, shades.edge, shades.accent]) {
            expect(contrastOf(shape, shades.panel)).toBeGreaterThanOrEqual(3);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('leaves a colour that is good as it is', () => {
    expect(createPalette({ primary: '#1f4e79', accent: '#b3261e' }).light.primary).toBe('#1f4e79');
  });

  test('takes nothing but colours from the file', () => {
    const palette = createPalette({ primary: 'red;} body{display:none', accent: '#12' });
    expect(palette).toEqual(createPalette({ primary: '', accent: '' }));
    expect(writeShades(palette.light)).toMatch(/^(--\w+:#[0-9a-f]{6};)+$/);
  });

  test('measures contrast as WCAG does', () => {
    expect(contrastOf('#000', '#fff')).toBeCloseTo(21);
    expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
