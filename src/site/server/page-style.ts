import { createPalette, writeShades } from '../palette.js';

const RULES = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--page);color:var(--text);font:400 1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2,h3,p,ul,dl,dd{margin:0;padding:0}
h1,h2,h3{line-height:1.12;letter-spacing:-.02em;text-wrap:balance}
a{color:var(--ink)}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px;border-radius:.375rem}
.wrap{width:100%;max-width:72rem;margin:0 auto;padding:0 1.25rem}
.skip{position:absolute;left:1rem;top:-6rem;z-index:2;background:var(--panel);color:var(--ink);padding:.75rem 1.25rem;border-radius:.75rem;box-shadow:0 4px 24px #0003}
.skip:focus{top:1rem}
.top .wrap{display:flex;align-items:center;justify-content:space-between;gap:1rem;padding-top:.75rem;padding-bottom:.75rem}
.brand{display:inline-flex;align-items:center;gap:.75rem;min-height:2.75rem;min-width:0;color:var(--text);font-weight:700;line-height:1.2;text-decoration:none;letter-spacing:-.01em}
.brand::before{content:"";flex:none;width:.5rem;height:1.75rem;border-radius:.25rem;background:linear-gradient(var(--primary) 62%,var(--accent) 62%)}
.languages{display:flex;flex:none;list-style:none;gap:.25rem}
.languages a,.languages span{display:inline-flex;align-items:center;justify-content:center;min-width:2.75rem;min-height:2.75rem;padding:0 .75rem;border-radius:.75rem;font-size:.9375rem;text-decoration:none}
.languages span{color:var(--text);font-weight:600;background:var(--quiet)}
.languages a:hover{background:var(--quiet)}
.hero .wrap{display:grid;gap:1.5rem;padding-top:.5rem;padding-bottom:3rem}
.who{color:var(--ink);font-weight:650;font-size:1rem;margin-bottom:.375rem}
h1{font-size:clamp(1.75rem,1.1rem + 3.2vw,3.5rem);font-weight:780}
.keep{white-space:nowrap}
.lead{color:var(--muted);font-size:clamp(1.0625rem,1rem + .4vw,1.25rem);line-height:1.5;max-width:34rem;text-wrap:pretty}
.portrait{display:block;width:100%;max-width:26rem;margin-top:2rem;border-radius:1.25rem}
.day{display:inline-block;margin-top:1.5rem;padding:.75rem 1.125rem;border-left:3px solid var(--accent);background:var(--quiet);border-radius:0 .875rem .875rem 0;line-height:1.4}
.day strong{display:block}
.chat{min-width:0}
.chat h2{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.seat{display:block;height:min(38rem,max(26rem,calc(100vh - 15.5rem)));height:min(38rem,max(26rem,calc(100svh - 15.5rem)));background:var(--panel);border:1px solid var(--line);border-radius:1.5rem;box-shadow:0 1px 2px #0000000d,0 16px 48px -16px #00000033;overflow:hidden}
.wait{display:flex;height:100%;align-items:center;justify-content:center;text-align:center;padding:2rem;color:var(--muted)}
.issues{background:var(--panel);border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:3.5rem 0}
.issues h2{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.25rem);font-weight:750}
.issues ul{list-style:none;display:grid;gap:2rem 2.5rem;margin-top:2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr))}
.issues li{border-top:3px solid var(--accent);padding-top:1.125rem}
.issues h3{font-size:1.25rem;font-weight:700}
.issues li p{margin-top:.5rem;color:var(--muted);text-wrap:pretty}
.dates{padding:3.5rem 0 0}
.dates h2{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.25rem);font-weight:750}
.dates ol{list-style:none;margin:1.5rem 0 0;padding:0}
.dates li{display:flex;gap:1.25rem;align-items:center;padding:1.125rem 0;border-top:1px solid var(--line)}
.leaf{display:flex;flex:none;flex-direction:column;align-items:center;justify-content:center;width:4rem;height:4rem;border-radius:1rem;background:var(--quiet);color:var(--muted);font-size:.875rem;line-height:1.2}
.leaf b{color:var(--ink);font-size:1.5rem;font-weight:750;letter-spacing:-.02em}
.dates h3{font-size:1.1875rem;font-weight:700}
.dates p{margin-top:.25rem;color:var(--muted)}
.vote{padding:3.5rem 0}
.vote .wrap>div{background:var(--block);color:var(--onBlock);border-radius:1.5rem;padding:clamp(1.75rem,4vw,3rem)}
.vote h2{font-size:1.0625rem;font-weight:650;letter-spacing:0}
.vote .date{margin:.5rem 0 .75rem;font-size:clamp(1.625rem,1.1rem + 2.6vw,2.75rem);font-weight:750;line-height:1.15;letter-spacing:-.02em;text-wrap:balance}
.foot{margin-top:auto;padding:2rem 0 3rem;color:var(--muted);font-size:.875rem}
.foot p+p{margin-top:.5rem}
.foot strong{font-weight:600;color:var(--text)}
.lost{flex:1;display:flex;align-items:center}
.lost .wrap{padding-top:3rem;padding-bottom:5rem}
.lost .lead{margin-top:.875rem}
.code{margin-top:1.5rem;max-width:22rem;padding:.5rem;border-radius:1.5rem;background:#fff}
.code svg{display:block;width:100%;height:auto}
.button{display:inline-flex;align-items:center;min-height:3rem;margin-top:2rem;padding:0 1.5rem;border:0;border-radius:1rem;background:var(--primary);color:var(--onPrimary);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.button.other{margin-top:.875rem;background:none;color:inherit;box-shadow:inset 0 0 0 2px var(--edge)}

.give .wrap{max-width:38rem;padding-top:1.5rem;padding-bottom:4rem}
.give h1{font-size:clamp(1.625rem,1.2rem + 2vw,2.25rem)}
.give .lead{margin-top:.75rem}
.give form{margin-top:1.5rem}
.trial{display:inline-block;margin-bottom:1rem;padding:.375rem .875rem;border:2px dashed var(--accent);border-radius:.75rem;background:var(--panel);font-weight:650}
.problem{margin-top:1.25rem;padding:.75rem 1rem;border-left:3px solid var(--alert);background:var(--quiet);border-radius:0 .75rem .75rem 0}
.field{margin-top:1.125rem}
.field label{display:block;font-weight:600}
.hint{color:var(--muted);font-size:.9375rem;line-height:1.4}
.field input,.field select{display:block;width:100%;min-height:3rem;margin-top:.375rem;padding:0 .875rem;border:1px solid var(--edge);border-radius:.75rem;background:var(--panel);color:var(--text);font:inherit}
.field [aria-invalid],.tick [aria-invalid]{border-color:var(--alert);outline:1px solid var(--alert)}
.fault{margin-top:.25rem;color:var(--alert);font-size:.9375rem}
.tick{display:flex;gap:.75rem;align-items:flex-start;margin-top:1.5rem}
.tick input{flex:none;width:1.5rem;height:1.5rem;margin:.125rem 0 0;accent-color:var(--primary)}
.tick label{line-height:1.45}
.give .button,.plain{justify-content:center;width:100%;text-align:center}
.plain{display:flex;align-items:center;min-height:3rem;margin-top:.75rem;padding:0 1.5rem;border:1px solid var(--edge);border-radius:1rem;background:none;color:var(--ink);font:inherit;cursor:pointer}
.why{margin-top:1.5rem;color:var(--muted);font-size:.9375rem}
.legal{margin-top:2rem;padding-top:1.25rem;border-top:1px solid var(--line);color:var(--muted);font-size:.875rem}
.legal h2{font-size:1rem;color:var(--text)}
.legal p{margin-top:.625rem}
.privacy .wrap{max-width:46rem;padding-top:1.5rem;padding-bottom:4rem}
.privacy h1{font-size:clamp(2rem,1.4rem + 2.6vw,3rem)}
.privacy .lead{margin-top:.75rem}
.privacy section{margin-top:2.75rem}
.privacy h2{font-size:1.5rem;font-weight:720}
.privacy h3{font-size:1.125rem;font-weight:700}
.privacy p{margin-top:.625rem;text-wrap:pretty}
.privacy .button{margin-top:1rem}
.privacy ul{margin-top:.625rem;padding-left:1.25rem}
.privacy li{margin-top:.4375rem}
.privacy li::marker{color:var(--accent)}
.privacy .brief,.card{margin-top:1.5rem;padding:1.375rem 1.5rem;border:1px solid var(--line);border-radius:1.25rem;background:var(--panel)}
.privacy .brief{background:var(--block);color:var(--onBlock);border:0}
.brief h2{font-size:1.125rem}
.brief li::marker{color:inherit}
.card blockquote{margin:.5rem 0 0;padding:.125rem 0 .125rem 1rem;border-left:3px solid var(--accent);white-space:pre-line}
.card .ask,.card .basis,.question,.manner,.made{color:var(--muted);font-size:.9375rem}
.card .basis{margin-top:1rem}
.question{display:block;line-height:1.4}
.privacy h4{margin:0;font-size:1.125rem;font-weight:700;letter-spacing:-.01em}
.privacy .agreed{margin-top:2rem}
.privacy dt{margin-top:.75rem;font-weight:650}
.privacy .made{margin-top:3rem;padding-top:1.25rem;border-top:1px solid var(--line)}
@media (min-width:60rem){
.hero .wrap{grid-template:auto 1fr/minmax(0,1fr) minmax(22rem,26.5rem);gap:1.25rem 4.5rem;padding-top:1.5rem;padding-bottom:4.5rem}
.intro{align-self:end;padding-top:clamp(1rem,13vh,8rem)}
.more{grid-row:2}
.chat{grid-area:1/2/3/3}
.who{margin-bottom:.75rem}
.day{margin-top:2rem}
.seat{height:min(41rem,max(28rem,calc(100vh - 8rem)))}
}
@media (max-width:22.5rem){.wrap{padding:0 .875rem}.brand{font-size:.9375rem}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{.chat,.languages,.skip{display:none}}
`;

/** The whole style of the page, in the campaign's colours and one theme or both; it is written into the page itself. */
export function pageStyle(
  colours: { primary: string; accent: string },
  theme?: 'light' | 'dark',
): string {
  const { light, dark } = createPalette(colours);
  if (theme !== undefined) {
    const shades = theme === 'light' ? light : dark;
    return `:root{color-scheme:${theme};${writeShades(shades)}}${RULES.replaceAll('\n', '')}`;
  }
  return (
    `:root{color-scheme:light dark;${writeShades(light)}}` +
    `@media (prefers-color-scheme:dark){:root{${writeShades(dark)}}}` +
    RULES.replaceAll('\n', '')
  );
}
