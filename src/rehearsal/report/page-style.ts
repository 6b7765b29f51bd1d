/** How the page of a rehearsal looks, by day and by night. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c1f23;--soft:#5b626b;--line:#d9dde2;--away:#f3c9b8;
--telegram:#1769aa;--whatsapp:#1b7a3d;--web:#8a3fa0;--good:#176b34;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--paper:#15181c;--ink:#e8eaed;--soft:#a4abb4;--line:#363b42;--away:#5a3226;
--telegram:#6db7f2;--whatsapp:#6fd08f;--web:#d59ae6;--good:#7fd79a;--bad:#ff9a90}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
.verdict{font-weight:600}.good{color:var(--good)}.bad{color:var(--bad)}.note{color:var(--soft);font-size:.875rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%}
th,td{padding:.35rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child{text-align:left}thead th{font-weight:500;color:var(--soft);font-size:.875rem}
.key{display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.5em;background:currentColor}
.key.telegram{background:var(--telegram)}.key.whatsapp{background:var(--whatsapp)}.key.web{background:var(--web)}
svg{width:100%;height:auto;display:block}svg text{fill:var(--soft);font-size:12px}
.end{text-anchor:end}.middle{text-anchor:middle}.grid{stroke:var(--line)}.away{fill:var(--away)}
polyline{fill:none;stroke-width:1.8;stroke-linejoin:round}.planned{stroke-dasharray:5 4;opacity:.75}
polyline.telegram{stroke:var(--telegram)}polyline.whatsapp{stroke:var(--whatsapp)}polyline.web{stroke:var(--web)}
`.trim();
