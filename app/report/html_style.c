/* The look of the page: light, dark and printed. Nothing is told by colour alone. SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "app/report/html_sections.h"

// text on background at least 4.5:1, lines and fills at least 3:1, in both palettes
static const char PALETTE[] =
    ":root{color-scheme:light;--bg:#fff;--ink:#1c2329;--soft:#56616c;--line:#d3d9df;--panel:#f4f6f8;--blue:#24507c;"
    "--red:#a3123a;--sea:#0d6787;--grey:#7b8792;--bone:#e9e4d8;--bone-line:#857d6c;--other:#828e9a}"
    "@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--bg:#14191e;--ink:#e7eaed;--soft:#a9b4be;"
    "--line:#3a444e;--panel:#1d242b;--blue:#8ab7e3;--red:#ff8ea8;--sea:#6fc7e6;--grey:#8b97a3;--bone:#3d4247;"
    "--bone-line:#a39d90;--other:#78848f}}";

static const char TEXT[] =
    "*{box-sizing:border-box}html{-webkit-text-size-adjust:100%%}"
    "body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,"
    "\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif;font-variant-numeric:tabular-nums}"
    "main,header,footer{max-width:784px;margin:0 auto;padding:0 16px}"
    "header{padding-top:24px}footer{padding-bottom:32px;color:var(--soft);font-size:14px}"
    "h1{font-size:27px;line-height:1.2;margin:4px 0 12px;letter-spacing:-.01em}"
    "h2{font-size:20px;line-height:1.3;margin:40px 0 8px;padding-top:12px;border-top:1px solid var(--line)}"
    "h3{font-size:16px;margin:20px 0 4px}p{margin:8px 0;max-width:68ch}ul{padding-left:20px;margin:8px 0}li{margin:3px 0;max-width:68ch}"
    ".kicker{margin:0;color:var(--soft);font-size:14px}"
    ".pill{display:inline-block;border:1.5px solid currentColor;border-radius:99px;padding:0 10px;font-size:13px;font-weight:600;"
    "white-space:nowrap}"
    ".facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:0 0 8px}.facts div{min-width:0}"
    ".facts dt{font-size:13px;color:var(--soft)}.facts dd{margin:0;font-weight:600}"
    ".note{color:var(--soft);font-size:14px;overflow-wrap:anywhere}.note b{color:var(--ink);font-weight:600}"
    ".box{border:1px solid var(--line);border-left:5px solid var(--blue);background:var(--panel);border-radius:4px;"
    "padding:8px 14px;margin:14px 0}.box.mind{border-left-color:var(--red)}.box p{margin:6px 0}.lead{font-size:17px}"
    ".mono{font-family:ui-monospace,\"Liberation Mono\",Consolas,monospace;font-size:13px;overflow-wrap:anywhere}";

static const char TABLE[] =
    ".scroll{overflow-x:auto;margin:12px 0}table{border-collapse:collapse;font-size:14.5px;width:100%%}"
    "caption{text-align:left;font-weight:600;padding:0 0 4px}"
    "th,td{padding:5px 10px 5px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}"
    "th:last-child,td:last-child{padding-right:0}thead th{font-size:13px;line-height:1.3;color:var(--soft);font-weight:600;"
    "vertical-align:bottom}tbody th{font-weight:600}.n{text-align:right;white-space:nowrap}"
    "th.n{white-space:normal}tr.sum th,tr.sum td{border-top:2px solid var(--ink);font-weight:600}"
    ".sub{display:block;font-weight:400;font-size:.9em;color:var(--soft)}";

static const char FIGURE[] =
    "figure{margin:12px 0}figcaption{font-size:14px;color:var(--soft);max-width:72ch}"
    ".views{display:grid;grid-template-columns:110fr 240fr 240fr 240fr;gap:8px;align-items:start}.views+.views{margin-top:8px}"
    ".pair{display:grid;grid-template-columns:1fr 1fr;gap:24px;align-items:start}.pair figure{margin:8px 0}.pair .scroll{margin:0}.broad table{min-width:600px}"
    ".pair.uneven{grid-template-columns:3fr 4fr}"
    ".under{display:flex;gap:4px 28px;margin:8px 0}.under figcaption{flex:1 1 0;padding-top:4px}"
    "svg{display:block;width:100%%;height:auto;fill:var(--ink)}svg.body{background:var(--panel);border-radius:6px}"
    "svg.legend{width:270px}svg.chart{max-width:430px}svg.body text{paint-order:stroke;stroke:var(--panel);stroke-width:3px;stroke-linejoin:round}.band{fill:var(--panel)}"
    "text{font-size:12.5px}.small,.tick{font-size:12px}.label{font-size:12.5px;font-weight:600}.tick{fill:var(--soft)}"
    ".strong{font-weight:650}.middle{text-anchor:middle}.end{text-anchor:end}"
    ".side{font-size:22px;font-weight:700}.badge{font-size:11.5px;fill:var(--soft)}"
    ".bone,.vertebra{fill:var(--bone);stroke:var(--bone-line);stroke-width:1;stroke-linejoin:round}"
    ".bone:not(.vertebra){fill-opacity:.75}.disc{stroke:var(--ink);stroke-width:.7;stroke-linejoin:round}"
    ".femur,.femur-edge,.flesh,.flesh-edge{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".femur{stroke:var(--bone)}.femur-edge{stroke:var(--bone-line)}"
    ".psoas,.iliacus,.other{fill:none;stroke-linejoin:round;stroke-linecap:round}.psoas{stroke:var(--red);stroke-opacity:.85}"
    ".iliacus{stroke:var(--sea);stroke-dasharray:7 4;stroke-linecap:butt}.other{stroke:var(--other);stroke-width:.5;stroke-opacity:.55}"
    ".leader{fill:none;stroke:var(--grey);stroke-width:.7}.outline{fill:none;stroke:var(--ink);stroke-width:.7}"
    ".flesh{stroke:var(--line)}.flesh-edge{stroke:var(--panel)}.flesh-fill{fill:var(--line)}.trunk{fill:var(--line);stroke:var(--line);stroke-width:8}"
    ".frame{fill:none;stroke:var(--ink);stroke-width:1;stroke-dasharray:3 3}"
    ".other-posture{fill:none;stroke:var(--ink);stroke-width:1.6;stroke-dasharray:2 4;stroke-linecap:round}"
    ".grid{stroke:var(--line);stroke-width:1}.zero{stroke:var(--ink);stroke-width:1}"
    ".as-is{fill:var(--blue)}.released{fill:var(--bg);stroke:var(--blue);stroke-width:1.4}.psoas-bar{fill:var(--red)}"
    ".plus{fill:var(--grey)}.minus{fill:var(--bg);stroke:var(--grey);stroke-width:1.4;stroke-dasharray:3 2}"
    ".whisker{fill:none;stroke:var(--ink);stroke-width:1.6}.halo{fill:none;stroke:var(--bg);stroke-width:4.5}"
    "@media(max-width:640px){.views{grid-template-columns:1fr 1fr;max-width:420px}.views .front{grid-column:1/-1;order:-1}"
    ".views .whole{display:none}.pair,.pair.uneven{grid-template-columns:1fr}h1{font-size:24px}"
    "th,td{padding-right:8px}.under{display:block}.views .right,.views .left{order:1}}";

static const char PRINT[] =
    "@media print{body{font-size:10pt;line-height:1.4}.lead{font-size:11pt}p,li,figcaption{max-width:none}p{margin:5pt 0}"
    "main,header,footer{max-width:none;padding:0}header{padding-top:0}"
    "h1{font-size:18pt}h2{font-size:13pt;margin-top:12pt;padding-top:8pt}h2,h2+p,h3,caption{break-after:avoid}"
    "figure,table,.box,.pair,.facts,ul{break-inside:avoid}th,td{padding-top:3pt;padding-bottom:3pt}.views{width:88%%}svg.legend{width:235px}.under{display:flex;margin:4pt 0}figcaption{font-size:9pt;line-height:1.35}p{break-inside:avoid}"
    "table{font-size:9pt}thead th{font-size:8pt}.scroll{overflow:visible}.views{grid-template-columns:110fr 240fr 240fr 240fr;max-width:none}"
    ".views .front{grid-column:auto;order:0}.views .whole{display:block}.pair{grid-template-columns:1fr 1fr}.pair.uneven{grid-template-columns:3fr 4fr}"
    "svg,.box{-webkit-print-color-adjust:exact;print-color-adjust:exact}.box{padding:2pt 8pt}p{orphans:3;widows:3}}"
    "@page{margin:14mm 14mm 16mm;@bottom-right{content:counter(page) \" of \" counter(pages);font:9pt sans-serif}"
    "@bottom-left{content:\"%s. Input %s\";font:9pt sans-serif}}";

// the pages of an exam
static const char EXAM[] =
    ".person{fill:var(--panel);stroke:var(--grey);stroke-width:1.2;stroke-linejoin:round}.region{fill:none;stroke:var(--line);stroke-width:.7}"
    ".pain{fill:var(--red)}.pain-edge{fill:none;stroke:var(--ink);stroke-width:1.1;stroke-linejoin:round}"
    ".hatch{fill:none;stroke:var(--ink);stroke-width:1}.hatch.dots{stroke-width:2.2;stroke-dasharray:.1 5;stroke-linecap:round}"
    ".mark{fill:var(--bg);stroke:var(--ink);stroke-width:1}.mark-number{font-size:12px;font-weight:700}"
    ".over{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}.pair.wide{grid-template-columns:430fr 330fr}.pair h3{margin-top:8px}"
    ".maps{display:grid;grid-template-columns:1fr 1fr;gap:8px}.maps svg{margin:0 auto}.zoom-edge{fill:none;stroke:var(--grey);stroke-width:1;stroke-dasharray:4 3}"
    "td[colspan]{padding-right:10px}"
    ".columns{display:grid;grid-template-columns:5fr 3fr;gap:0 28px;align-items:start}"
    ".client h2{border-top:0;margin:14px 0 4px;padding-top:0;font-size:18px}.client p,.client li{font-size:17px}.client .regions{font-size:15px}"
    ".client .box h2{margin-top:4px}.client .note{font-size:14px}.help{grid-template-columns:5fr 3fr;align-items:stretch}.client .help .box{margin:8px 0}"
    ".record th{width:52%%}.record td{width:24%%}.record td[colspan],.record td:last-child:nth-child(2){width:auto}cite{font-style:normal}.whole{white-space:nowrap}"
    "@media(max-width:640px){.columns,.maps,.pair.wide{grid-template-columns:1fr}}"
    "@media print{.columns{grid-template-columns:5fr 3fr}.maps{grid-template-columns:1fr 1fr}.maps svg{max-width:72mm}.pair.wide{grid-template-columns:430fr 330fr}.client h2{font-size:11.5pt;margin:6pt 0 1pt;line-height:1.2}.client p,.client li{font-size:10pt;line-height:1.3;margin:1.5pt 0}.client ul{margin:2pt 0}"
    ".client .note{font-size:9pt}.client .pain-map{max-width:58mm}.client .regions li{font-size:9.5pt}footer{font-size:9pt;padding-bottom:0}.record table{font-size:8.5pt}.record th,.record td{padding-top:1.5pt;padding-bottom:1.5pt}"
    ".record table,.broad table{break-inside:auto}tr{break-inside:avoid}.client .help .box{margin:6pt 0;padding:2pt 8pt}"
    ".record{columns:2;column-gap:8mm}.record h2,.record h2+p{column-span:all}.record .scroll{margin:4pt 0}.record caption,.record thead{break-after:avoid}}";

void section_style(report_html *page, const char *foot, const char *sha256) {
  char id[13];
  snprintf(id, sizeof id, "%.12s", sha256);
  report_put(page, "<style>");
  report_put(page, PALETTE);
  report_put(page, TEXT);
  report_put(page, TABLE);
  report_put(page, FIGURE);
  report_put(page, PRINT, foot, id);
  report_put(page, EXAM);
  report_put(page, "</style>");
}
