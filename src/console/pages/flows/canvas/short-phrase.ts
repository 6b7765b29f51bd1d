/** A phrase as a glance at it shows: of what it says one way or another, only the name. */
export function shortPhrase(phrase: string): string {
  let shown = '';
  let depth = 0;
  let name = '';
  for (const sign of phrase) {
    if (sign === '{') {
      depth += 1;
      if (depth === 1) name = '';
    } else if (sign === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) shown += `{${name.split(',')[0]?.trim() ?? ''}}`;
    } else if (depth === 0) shown += sign;
    else if (depth === 1) name += sign;
  }
  return shown.replace(/\s+/g, ' ').trim();
}
