// Charts as SVG, shared by widgets that write esm("its_name", "chart") and css("its_name", "chart").
//
//   setup(ui) {
//     const chart = okl.chart(ui);
//     return {
//       render: (view) => chart.draw({
//         key: "x",                                  tells two charts of a widget apart
//         title: "Leads rise from week 4 on",        the message, shown above the picture
//         desc: "…",                                 what the picture shows, for who cannot see it
//         height: 260,                               in px at 16 px text
//         x: { min: 1, max: 24, name: "Week", whole: true },
//         y: { unit: "%", name: "Conversion", zero: true, min, max, format, room },   room: a text that must
//                                                       fit beside the axis, so that charts line up
//         marks: [
//           { type: "band", from: 2, to: 5, label: "Band" },                   an edge left out: open
//           { type: "limit", at: 3.2, label: "Upper limit 3.2", tone: "text", dash: "dash", from, to },
//           { type: "line", points: [[1, 2.4], [2, null]], tone: "kpi", label: "Churn", dash: "solid" },
//           { type: "points", points: [{ x, y, shape, tone, note, label }], … },   see chart_points.js
//           { type: "marker", at: 10, label: "week 10" },
//         ],
//         table: { caption: "…", head: ["Week", "%"], rows: [[1, 2.4]] },      behind "Show as table"
//       }),
//       destroy() { chart.destroy(); },
//     };
//   }
//
// chart.bars({ key, title, desc, groups: [{ label, bars: [{ label, value, text, tone }] }], max, table })
// draws horizontal bars, each with its words. Tones are the roles' colours (kpi, health, metric,
// milestone, objective, task) and text, muted, accent, wrong. Units are CSS pixels: a chart is drawn
// for the width that it has, so its text is never scaled down.
okl.chart = (ui) => {
  const { h } = okl;
  const widths = new Map(); // key -> width in CSS pixels
  const open = new Set(); // keys of the tables that are shown
  let frame = null;
  const points = okl.chartPoints(ui);

  const observer = new ResizeObserver((entries) => {
    let changed = false;
    for (const { target } of entries) {
      if (!target.isConnected) { observer.unobserve(target); continue; }
      const width = Math.round(target.clientWidth);
      if (!width || widths.get(target.dataset.chart) === width) continue;
      widths.set(target.dataset.chart, width);
      changed = true;
    }
    // in the next frame, for a redraw within the notification would be one more change of size
    if (changed && frame === null) frame = requestAnimationFrame(() => { frame = null; ui.redraw(); });
  });

  const brush = document.createElement("canvas").getContext("2d");
  const widthOf = (text, px) => {
    brush.font = `${px}px ${getComputedStyle(ui.root).fontFamily}`;
    return brush.measureText(String(text)).width;
  };
  const em = () => parseFloat(getComputedStyle(ui.root).fontSize) || 16;

  const wrap = (text, px, most) => {
    const lines = [""];
    for (const word of String(text).split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (lines.at(-1) && widthOf(longer, px) > most) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  // -- measures ------------------------------------------------------------------------------------

  const valuesOf = (mark) => {
    if (mark.type === "line") return mark.points.map(([, y]) => y);
    if (mark.type === "points") return mark.points.map((p) => p.y);
    if (mark.type === "limit") return [mark.at];
    return mark.type === "band" ? [mark.from, mark.to] : [];
  };

  const domain = ({ y, marks }) => {
    const known = marks.flatMap(valuesOf).filter((v) => Number.isFinite(v));
    let low = y.min ?? Math.min(...known, ...(y.zero ? [0] : []));
    let high = y.max ?? Math.max(...known, ...(y.zero ? [0] : []));
    if (!Number.isFinite(low) || !Number.isFinite(high)) [low, high] = [0, 1];
    if (low === high) [low, high] = [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
    return [low, high];
  };

  const layout = (spec) => {
    const size = em();
    const px = size * 0.875;
    const width = widths.get(spec.key) || Math.max(240, (ui.root.clientWidth || 640) - 2 * size - 2);
    const height = ((spec.height ?? 260) / 16) * size;
    const wide = width >= 30 * size;
    let [low, high] = domain(spec);
    const { step } = okl.ticks(low, high, height / (3.5 * px), spec.y.whole);
    if (spec.y.min === undefined) low = Math.floor(low / step + 1e-9) * step;
    if (spec.y.max === undefined) high = Math.ceil(high / step - 1e-9) * step;
    const { ticks } = okl.ticks(low, high, (high - low) / step, spec.y.whole);
    const digits = Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9) + (/[^0]5$/.test(String(step)) ? 1 : 0)));
    const format = spec.y.format || ((v) => okl.number(v, digits));
    const labelled = spec.marks.filter((m) => m.label && ["line", "limit", "band"].includes(m.type));
    const most = 10 * size;
    const labels = wide ? labelled.map((mark) => ({ mark, lines: wrap(mark.label, px, most) })) : [];
    const gutter = labels.length ? Math.max(...labels.flatMap((l) => l.lines.map((t) => widthOf(t, px)))) + px * 2.7 : px;
    const markers = spec.marks.filter((m) => m.type === "marker");
    const left = Math.max(...[...ticks.map(format), spec.y.room || ""].map((t) => widthOf(t, px))) + px * 0.9;
    const top = (spec.y.name || spec.y.unit ? 1.9 : 0.8) * px + (markers.length ? 1.5 * px : 0);
    const bottom = height - (spec.x.name ? 3.3 : 2) * px;
    return {
      size, px, width, height, wide, ticks, format, labels, markers, left, top, bottom, right: width - gutter, low, high,
      key: wide ? [] : labelled,
      sx: okl.scale(spec.x.min, spec.x.max, left + px * 0.7, width - gutter - px * 0.7),
      sy: okl.scale(low, high, bottom, top),
    };
  };

  // -- axes ----------------------------------------------------------------------------------------

  const axisName = ({ name, unit }) => (name && unit ? `${name}, ${unit}` : name || unit || "");

  const drawAxes = (spec, at) => {
    const { px, sx, sy, left, right, top, bottom } = at;
    const about = Math.max(2, (right - left) / (3.4 * px));
    const xTicks = spec.x.ticks || okl.ticks(spec.x.min, spec.x.max, about, spec.x.whole).ticks;
    const xText = spec.x.format || ((v) => okl.number(v));
    let free = -Infinity; // labels that would touch the one before are left out
    return [
      at.ticks.map((v) => h("g", { key: `y${v}` },
        h("line", { class: "okl-grid", x1: left, x2: right, y1: sy(v), y2: sy(v) }),
        h("text", { x: left - px * 0.5, y: sy(v) + px * 0.35, "text-anchor": "end" }, at.format(v)))),
      axisName(spec.y) ? h("text", { key: "yname", class: "okl-axis-name", x: 0, y: px }, axisName(spec.y)) : null,
      h("line", { key: "base", class: "okl-axis", x1: left, x2: right, y1: bottom, y2: bottom }),
      xTicks.map((v) => {
        const text = xText(v);
        const half = widthOf(text, px) / 2;
        const fits = sx(v) - half > free;
        if (fits) free = sx(v) + half + px * 0.6;
        return h("g", { key: `x${v}` },
          h("line", { class: "okl-axis", x1: sx(v), x2: sx(v), y1: bottom, y2: bottom + 5 }),
          fits ? h("text", { x: sx(v), y: bottom + px * 1.6, "text-anchor": "middle" }, text) : null);
      }),
      spec.x.name ? h("text", { key: "xname", class: "okl-axis-name", x: right, y: bottom + px * 3, "text-anchor": "end" }, axisName(spec.x)) : null,
    ];
  };

  // -- marks ---------------------------------------------------------------------------------------

  const tone = (mark, other = "text") => `okl-tone-${mark.tone || other}`;

  const drawBand = (mark, i, { sy, left, right, low, high }) => {
    const upper = sy(Math.min(high, mark.to ?? high));
    const lower = sy(Math.max(low, mark.from ?? low));
    return h("g", { key: `m${i}`, class: tone(mark, "health") },
      h("rect", { class: "okl-band-area", x: left, width: right - left, y: upper, height: Math.max(0, lower - upper) }),
      [mark.to, mark.from].map((v, n) => (v === undefined || v === null || v > high || v < low ? null
        : h("line", { key: n, class: "okl-band-edge", x1: left, x2: right, y1: sy(v), y2: sy(v) }))));
  };

  const drawLimit = (mark, i, { sx, sy, left, right, low, high }) =>
    mark.at < low || mark.at > high ? null
      : h("line", {
          key: `m${i}`, class: `okl-limit okl-${mark.dash || "dash"} ${tone(mark)}`, y1: sy(mark.at), y2: sy(mark.at),
          x1: mark.from === undefined ? left : sx(mark.from), x2: mark.to === undefined ? right : sx(mark.to),
        });

  // A line with gaps: null ends it, and it begins again at the next value.
  const drawLine = (mark, i, { sx, sy }) => {
    let pen = "M";
    const path = mark.points.map(([x, y]) => {
      if (y === null || y === undefined || Number.isNaN(y)) { pen = "M"; return ""; }
      const step = `${pen}${sx(x).toFixed(1)} ${sy(y).toFixed(1)}`;
      pen = "L";
      return step;
    }).join("");
    return path ? h("path", { key: `m${i}`, class: `okl-line-mark okl-${mark.dash || "solid"} ${tone(mark, "kpi")}`, d: path }) : null;
  };

  // Words for vertical markers, in the row above the plot; one that would touch the last is left out.
  const drawMarkers = ({ markers, sx, px, top, bottom, left, right }) => {
    let free = -Infinity;
    return [...markers].sort((a, b) => a.at - b.at).map((mark, n) => {
      const half = widthOf(mark.label || "", px) / 2;
      const x = Math.max(left + half, Math.min(right - half, sx(mark.at)));
      const fits = x - half > free;
      if (fits) free = x + half + px;
      return h("g", { key: `v${n}`, class: tone(mark) },
        h("line", { class: "okl-limit okl-dot", x1: sx(mark.at), x2: sx(mark.at), y1: top - px * 0.3, y2: bottom }),
        mark.label && fits ? h("text", { class: "okl-note", x, y: top - px * 0.6, "text-anchor": "middle" }, mark.label) : null);
    });
  };

  // -- direct labels -------------------------------------------------------------------------------

  const anchorOf = (mark, { sy, low, high }) => {
    if (mark.type === "limit") return mark.at;
    if (mark.type === "band") return (Math.max(low, mark.from ?? low) + Math.min(high, mark.to ?? high)) / 2;
    return mark.points.findLast(([, y]) => y !== null && y !== undefined)?.[1];
  };

  const labelMark = (mark, x, y, px) => (mark.type === "band"
    ? h("rect", { class: `okl-band-area ${tone(mark, "health")}`, x, y: y - px * 0.5, width: px * 1.4, height: px })
    : h("path", { class: `okl-line-mark okl-${mark.dash || (mark.type === "line" ? "solid" : "dash")} ${tone(mark, mark.type === "line" ? "kpi" : "text")}`, d: `M${x} ${y}h${px * 1.4}` }));

  // Beside the ends of their lines, pushed apart where they would touch.
  const drawLabels = (at) => {
    const { px, sy, right, top, bottom, low, high } = at;
    const lineHeight = px * 1.2;
    const from = right + px * 0.6;
    const placed = at.labels
      .map((l) => ({ ...l, value: anchorOf(l.mark, at) }))
      .filter((l) => l.value !== undefined && l.value >= low && l.value <= high)
      .map((l) => ({ ...l, tall: l.lines.length * lineHeight, y: sy(l.value) - (l.lines.length * lineHeight) / 2 }))
      .sort((a, b) => a.y - b.y);
    let free = Math.min(top - px, ...placed.map((l) => l.y));
    for (const l of placed) { l.y = Math.max(l.y, free); free = l.y + l.tall + 2; }
    let end = bottom + px;
    for (const l of [...placed].reverse()) { l.y = Math.min(l.y, end - l.tall); end = l.y - 2; }
    return placed.map((l, n) => h("g", { key: `l${n}` }, labelMark(l.mark, from, l.y + px * 0.6, px),
      h("text", { y: l.y }, l.lines.map((text, k) => h("tspan", { key: k, x: from + px * 1.9, dy: k ? lineHeight : px * 0.95 }, text)))));
  };

  // Where there is no room beside the plot, the same words stand beneath it.
  const sample = (mark) => h("svg", { class: `okl-sample ${tone(mark, mark.type === "band" ? "health" : mark.type === "line" ? "kpi" : "text")}`, viewBox: "0 0 28 16", "aria-hidden": "true", focusable: "false" },
    mark.type === "band" ? h("rect", { class: "okl-band-area", x: 0, y: 2, width: 28, height: 12 })
      : h("path", { class: `okl-line-mark okl-${mark.dash || (mark.type === "line" ? "solid" : "dash")}`, d: "M0 8H28" }));

  const drawKey = (marks) => (marks.length
    ? h("ul", { key: "key", class: "okl-plain okl-key" }, marks.map((m, n) => h("li", { key: n }, sample(m), h("span", null, m.label))))
    : null);

  // -- the picture, and the same as a table --------------------------------------------------------

  const table = ({ key, caption, head, rows }) =>
    okl.disclosure({
      key: `table-${key}`, label: open.has(key) ? "Hide the table" : "Show as table", open: open.has(key), focusKey: `table-${key}`,
      ontoggle: () => { if (!open.delete(key)) open.add(key); ui.redraw(); },
    }, h("div", { class: "okl-table-frame", role: "region", tabindex: "0", "aria-label": caption, "data-scroll": true },
      h("table", null, h("caption", null, caption),
        h("thead", null, h("tr", null, head.map((t, n) => h("th", { key: n, scope: "col" }, t)))),
        h("tbody", null, rows.map((row, r) => h("tr", { key: r },
          row.map((cell, c) => (c ? h("td", { key: c }, cell) : h("th", { key: c, scope: "row" }, cell)))))))));

  const figure = (spec, svg, ...rest) =>
    h("figure", { key: spec.key, class: "okl-figure" },
      spec.title ? h("figcaption", { class: "okl-chart-title" }, spec.title) : null,
      h("div", { class: "okl-chart", "data-chart": spec.key, init: (el) => observer.observe(el) }, svg),
      rest, spec.table ? table({ key: spec.key, ...spec.table }) : null);

  const named = (spec, interactive) => {
    const id = `${ui.id}-${spec.key}`;
    return interactive
      ? { props: { role: "group", "aria-label": spec.title, "aria-describedby": `${id}-d` }, kids: [h("desc", { key: "d", id: `${id}-d` }, spec.desc)] }
      : { props: { role: "img", "aria-labelledby": `${id}-t`, "aria-describedby": `${id}-d` }, kids: [h("title", { key: "t", id: `${id}-t` }, spec.title), h("desc", { key: "d", id: `${id}-d` }, spec.desc)] };
  };

  const DRAW = { limit: drawLimit, line: drawLine, points: points.draw };

  const draw = (spec) => {
    const at = layout(spec);
    const moving = spec.marks.find((m) => m.type === "points" && m.onmove);
    const { props, kids } = named(spec, Boolean(moving));
    return figure(spec,
      h("svg", {
        class: `okl-svg${moving ? " okl-interactive" : ""}`, viewBox: `0 0 ${at.width.toFixed(0)} ${at.height.toFixed(0)}`, width: at.width.toFixed(0), height: at.height.toFixed(0),
        ...props, ...(moving ? points.pointer(moving, at, spec) : null),
      }, kids, spec.marks.map((mark, i) => (mark.type === "band" ? drawBand(mark, i, at) : null)), drawAxes(spec, at),
      spec.marks.map((mark, i) => DRAW[mark.type]?.(mark, i, at, spec)), drawMarkers(at), drawLabels(at)),
      drawKey(at.key));
  };

  const bars = (spec) => {
    const size = em();
    const px = size * 0.875;
    const width = widths.get(spec.key) || Math.max(240, (ui.root.clientWidth || 640) - 2 * size - 2);
    const most = spec.max ?? Math.max(...spec.groups.flatMap((g) => g.bars.map((b) => Math.abs(b.value))), 0);
    const sx = okl.scale(0, most || 1, 0, width - 2);
    let y = 0;
    const kids = spec.groups.map((group, g) => {
      const head = group.label ? h("text", { class: "okl-group-name", y: (y += px * 1.3) }, group.label) : null;
      const drawn = group.bars.map((bar, b) => {
        const words = `${bar.label ? `${bar.label}: ` : ""}${bar.text ?? okl.number(bar.value)}`;
        const lines = wrap(words, px, width);
        const from = y + px * 0.4;
        y = from + lines.length * px * 1.25 + px * 1.5;
        return h("g", { key: b, class: tone(bar, "kpi") },
          h("text", { y: from }, lines.map((line, k) => h("tspan", { key: k, x: 0, dy: k ? px * 1.25 : px }, line))),
          h("rect", { class: "okl-bar-track", x: 0.5, y: y - px * 1.2, width: width - 1, height: px * 0.9 }),
          h("rect", { class: `okl-bar-mark${bar.hollow ? " okl-bar-hollow" : ""}`, x: 1, y: y - px * 1.2 + 1, width: Math.max(1, sx(Math.min(most, Math.abs(bar.value)))), height: px * 0.9 - 2 }));
      });
      y += px * 0.8;
      return h("g", { key: `g${g}` }, head, drawn);
    });
    const { props, kids: names } = named(spec, false);
    const box = `0 0 ${width.toFixed(0)} ${Math.max(1, y).toFixed(0)}`;
    return figure(spec, h("svg", { class: "okl-svg", viewBox: box, width: width.toFixed(0), height: Math.max(1, y).toFixed(0), ...props }, names, kids));
  };

  return { draw, bars, table, dragging: points.dragging, destroy() { observer.disconnect(); cancelAnimationFrame(frame); } };
};
