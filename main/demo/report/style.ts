/** The report's style sheet: calm, light or dark as the reader's system is. Contrast of text is at least 4.5 : 1. */
export const style = `
:root {
  --page: #f7f8fa; --card: #ffffff; --text: #1c2330; --quiet: #566072; --line: #dde1e8;
  --ours: #1f6feb; --bar: #d9e6fb; --other: #e4e7ec; --mark: #9a3f00; --mark-page: #fff0e3; --tile: #0b0d10;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101318; --card: #181c23; --text: #e6e9ef; --quiet: #a0a9b8; --line: #2c323d;
    --ours: #7db4ff; --bar: #223a5e; --other: #2a303a; --mark: #ffb27a; --mark-page: #3a2413; --tile: #05070a;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1320px; padding: 40px 24px 56px; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans JP", sans-serif; }
h1 { margin: 4px 0 8px; font-size: 32px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 0; font-size: 24px; }
h3 { margin: 0 0 4px; font-size: 17px; }
p { margin: 0 0 12px; }
small { display: block; font-size: 12px; font-weight: 400; color: var(--quiet); }
.product { margin: 0; color: var(--quiet); }
.lead { max-width: 68ch; color: var(--quiet); font-size: 16px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 20px 0 0; }
.facts div, section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.facts div { padding: 12px 16px; }
dt { color: var(--quiet); font-size: 13px; }
dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
section { margin-top: 24px; padding: 24px; }
.plant { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin-bottom: 8px; color: var(--quiet); }
.plant h2 { color: var(--text); }
.plant p { margin: 0; }
.chip { display: inline-block; padding: 1px 10px; border: 1px solid var(--line); border-radius: 999px; color: var(--text); }
.badge { display: inline-block; padding: 1px 8px; border: 1px dashed var(--mark); border-radius: 6px;
  background: var(--mark-page); color: var(--mark); font-size: 12px; font-weight: 600; vertical-align: 1px; }
article { margin-top: 24px; padding-top: 20px; border-top: 1px solid var(--line); }
table { border-collapse: collapse; }
caption { padding-bottom: 6px; color: var(--quiet); font-size: 13px; text-align: left; }
th { font-weight: 500; text-align: left; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 20px 40px;
  align-items: start; margin-top: 12px; }
.figures { width: 100%; font-variant-numeric: tabular-nums; }
.figures th, .figures td { padding: 6px 8px 6px 0; border-top: 1px solid var(--line); }
.figures thead th { border: 0; padding-bottom: 2px; color: var(--quiet); font-size: 13px; }
.number { position: relative; width: 28%; }
.number span:last-child { position: relative; padding-left: 8px; }
.bar { position: absolute; left: 0; top: calc(50% - 12px); height: 24px; max-width: calc(100% - 12px); border-radius: 4px; background: var(--other); }
.ours th, .ours .number { font-weight: 700; color: var(--ours); }
.ours .bar { background: var(--bar); }
.scroll { overflow-x: auto; margin-top: 12px; }
.grid { font-size: 12px; line-height: 1.35; }
.grid caption { caption-side: top; }
.grid th, .grid td { padding: 4px 3px; text-align: center; vertical-align: middle; }
.grid th small { white-space: nowrap; }
.grid tbody th { position: sticky; left: 0; z-index: 1; width: 132px; min-width: 124px; padding-right: 10px; background: var(--card);
  text-align: left; font-size: 13px; }
.grid { width: 100%; }
.grid td { min-width: 100px; }
.grid img, .grid svg { display: block; width: 96px; margin: 0 auto; border-radius: 6px; background: var(--tile); }
.grid img { height: 96px; image-rendering: pixelated; }
.grid svg { background: none; border: 1px solid var(--line); }
.grid p { margin: 0; overflow-wrap: anywhere; }
.grid .none { color: var(--quiet); font-style: italic; }
.grid .reconstructed img, .grid .reconstructed svg { outline: 2px dashed var(--mark); outline-offset: 1px; }
.grid .measured td, .grid .measured th { padding-bottom: 8px; }
polyline { fill: none; stroke: var(--text); stroke-width: 1.4; stroke-linejoin: round; }
.reconstructed polyline { stroke: var(--mark); }
polygon { fill: var(--mark); opacity: 0.22; }
polyline.sigma { stroke: var(--ours); }
.legend { margin: 10px 0 0; color: var(--quiet); font-size: 13px; }
.scale { display: inline-block; width: 160px; height: 10px; margin: 0 4px; border-radius: 3px; vertical-align: 0; }
footer { margin-top: 24px; color: var(--quiet); font-size: 13px; }
`;
