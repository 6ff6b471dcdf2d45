/**
 * The page's style sheet. Figures are drawn on white; where the reader prefers
 * a dark page, a filter turns their lightness around and keeps their hues.
 */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9;
  --card: #ffffff;
  --ink: #24292f;
  --muted: #6b7280;
  --line: #e5e7eb;
  --link: #1f6aa8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #161616;
    --card: #212121;
    --ink: #e3e5e8;
    --muted: #9aa1ab;
    --line: #3a3d42;
    --link: #7ab8ea;
  }
  .plot { filter: invert(0.9) hue-rotate(180deg) brightness(1.3); }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--ink);
  font: 16px/1.55 system-ui, "Helvetica Neue", Helvetica, Arial, sans-serif;
}
main { max-width: 940px; margin: 0 auto; padding: 40px 16px 64px; }
h1 { margin: 0 0 4px; font-size: 30px; line-height: 1.2; }
h2 { margin: 0 0 8px; font-size: 21px; line-height: 1.3; }
p { margin: 0 0 12px; max-width: 46em; }
a { color: var(--link); }
.facts, figcaption, .notes, footer { color: var(--muted); font-size: 14px; }
section {
  margin-top: 24px;
  padding: 24px;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 10px;
}
.tables { display: flex; flex-wrap: wrap; gap: 20px 36px; margin: 16px 0; }
.table { overflow-x: auto; font-size: 15px; max-width: 100%; }
.table > div { color: var(--muted); font-size: 14px; margin-bottom: 4px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 600; font-size: 14px; vertical-align: bottom; }
th:last-child, td:last-child { padding-right: 0; }
td { white-space: nowrap; }
.summary .table { flex: 1; }
.summary table { width: 100%; margin-bottom: 4px; }
.summary td:nth-child(odd) { white-space: normal; }
.summary td:nth-child(2) { font-weight: 650; }
.summary td:nth-child(3) { color: var(--muted); }
.notes { margin: 16px 0; padding-left: 18px; max-width: 54em; }
figure { margin: 24px 0 0; overflow-x: auto; }
figcaption { max-width: 54em; margin-top: 2px; }
footer { margin-top: 24px; }
@media (max-width: 560px) { section { padding: 16px; } }
@media print { section { break-inside: avoid; border: 0; } }
`;
